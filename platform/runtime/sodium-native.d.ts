/** The little that is used of libsodium's binding, which comes without types. */
declare module 'sodium-native' {
  const sodium: {
    /** False when the signature (64 bytes) over the message is not of the key (32 bytes). Throws on other lengths. */
    crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  };
  export = sodium;
}
