import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";

/** Milliseconds before its end in which a credential is not used any more. */
const MARGIN_MS = 60_000;

/** A provider whose credentials are kept until they are about to expire, for all clients that it is given to. */
export function untilExpiry(provider: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider {
  let current: ReturnType<AwsCredentialIdentityProvider> | undefined;
  let expires = 0;
  return async (properties) => {
    if (current === undefined || Date.now() > expires - MARGIN_MS) {
      expires = Infinity;
      current = provider(properties).then(
        (credentials) => {
          expires = credentials.expiration?.getTime() ?? Infinity;
          return credentials;
        },
        (error: unknown) => {
          current = undefined;
          throw error;
        },
      );
    }
    return current;
  };
}
