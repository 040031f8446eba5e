// Stands for ankerl::unordered_dense: the worker uses nothing beyond what the standard containers share with it.
#pragma once
#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	// The original promises that every input bit reaches every output bit, and the worker relies on it: it adds up the
	// hashes of ports and addresses. std::hash of an integer is the integer itself, so the bits are mixed here
	// (the finaliser of SplitMix64, a public-domain generator).
	constexpr uint64_t MixBits(uint64_t value)
	{
		value += 0x9e3779b97f4a7c15ULL;
		value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
		value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
		return value ^ (value >> 31);
	}

	template<typename T>
	struct hash
	{
		uint64_t operator()(const T& value) const noexcept
		{
			if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
				return MixBits(static_cast<uint64_t>(value));
			else if constexpr (std::is_pointer_v<T>)
				return MixBits(reinterpret_cast<uintptr_t>(value));
			else
				return std::hash<T>{}(value);
		}
	};

	template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
}
