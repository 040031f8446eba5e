// Stands for Abseil: the vendored libwebrtc includes this header and uses nothing of it.
#pragma once
#include "string_view.h"
