// Stands for Abseil: the vendored libwebrtc uses this name only.
#pragma once
#include <string_view>

namespace absl
{
	using std::string_view;
}
