// Stands for Abseil: the vendored libwebrtc uses this name only.
#pragma once
#include <memory>

namespace absl
{
	using std::make_unique;
}
