// Stands for Abseil: the vendored libwebrtc uses these names only.
#pragma once
#include <optional>

namespace absl
{
	using std::make_optional;
	using std::nullopt;
	using std::nullopt_t;
	using std::optional;
}
