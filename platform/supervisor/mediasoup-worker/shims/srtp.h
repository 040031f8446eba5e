// Stands for libsrtp 3 (beta): the slice of its API that the mediasoup worker calls, on top of the system's libsrtp 2.
// Two differences are bridged: policies are opaque objects there and a plain struct here, and packets go from one
// buffer to another there and are changed in place here.
#pragma once
#include <srtp2/srtp.h>

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Status codes that exist in libsrtp 3 only.
#define srtp_err_status_buffer_small (static_cast<srtp_err_status_t>(28))
#define srtp_err_status_cryptex_err (static_cast<srtp_err_status_t>(29))

namespace SrtpShim
{
	struct Policy
	{
		::srtp_policy_t inner{};
		srtp_profile_t profile{ srtp_profile_reserved };
		uint8_t key[SRTP_MAX_KEY_LEN]{};
		bool hasKey{ false };

		// Key material must not stay in freed memory; volatile keeps the compiler from leaving the loop out.
		~Policy()
		{
			volatile uint8_t* byte = this->key;
			for (size_t i{ 0 }; i < sizeof(this->key); ++i)
				byte[i] = 0;
		}
	};

	// Moves the packet to the output buffer, if it fits there together with what will be appended, and works on it there.
	template<typename Operation>
	srtp_err_status_t Transform(
	  const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength, size_t appendedLength, Operation operation)
	{
		if (inLength > INT_MAX - appendedLength)
			return srtp_err_status_bad_param;
		if (inLength + appendedLength > *outLength)
			return srtp_err_status_buffer_small;
		if (in != out)
			std::memmove(out, in, inLength);

		int length           = static_cast<int>(inLength);
		const auto status    = operation(out, &length);

		if (status == srtp_err_status_ok)
			*outLength = static_cast<size_t>(length);

		return status;
	}

	// SRTCP appends its index to what SRTP appends.
	constexpr size_t SrtcpIndexLength{ 4 };
}

// From here on this name means libsrtp 3's.
#define srtp_policy_t SrtpShim::Policy*

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) SrtpShim::Policy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->inner.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	if (const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->inner.rtp, profile);
	    status != srtp_err_status_ok)
		return status;
	if (const auto status = srtp_crypto_policy_set_from_profile_for_rtcp(&policy->inner.rtcp, profile);
	    status != srtp_err_status_ok)
		return status;

	policy->profile = profile;

	return srtp_err_status_ok;
}

// One key without an identifier, of the lengths that the profile (set before) wants: all that the worker asks for.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLength,
  const uint8_t* salt,
  size_t saltLength,
  const uint8_t* mki,
  size_t mkiLength)
{
	const bool hasIdentifier = mki != nullptr || mkiLength != 0;
	const bool lengthsFit    = keyLength == srtp_profile_get_master_key_length(policy->profile) &&
	                           saltLength == srtp_profile_get_master_salt_length(policy->profile) &&
	                           keyLength + saltLength <= sizeof(policy->key);

	if (hasIdentifier || policy->hasKey || !lengthsFit)
		return srtp_err_status_bad_param;

	std::memcpy(policy->key, key, keyLength);
	std::memcpy(policy->key + keyLength, salt, saltLength);
	policy->hasKey    = true;
	policy->inner.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->inner.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->inner.window_size = static_cast<unsigned long>(size);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return ::srtp_create(session, &policy->inner);
}

// The SSRC is in network byte order in both.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return ::srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength, size_t /*mkiIndex*/)
{
	return SrtpShim::Transform(
	  in, inLength, out, outLength, SRTP_MAX_TRAILER_LEN,
	  [session](void* packet, int* length) { return ::srtp_protect(session, packet, length); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength)
{
	return SrtpShim::Transform(
	  in, inLength, out, outLength, 0,
	  [session](void* packet, int* length) { return ::srtp_unprotect(session, packet, length); });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength, size_t /*mkiIndex*/)
{
	return SrtpShim::Transform(
	  in, inLength, out, outLength, SRTP_MAX_TRAILER_LEN + SrtpShim::SrtcpIndexLength,
	  [session](void* packet, int* length) { return ::srtp_protect_rtcp(session, packet, length); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength)
{
	return SrtpShim::Transform(
	  in, inLength, out, outLength, 0,
	  [session](void* packet, int* length) { return ::srtp_unprotect_rtcp(session, packet, length); });
}
