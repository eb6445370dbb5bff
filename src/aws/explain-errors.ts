import { Failure } from "../errors";
import type { Account } from "../system/system";

type Handler = (args: never) => Promise<unknown>;

/** An SDK client. */
export interface ExplainedClient {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { commandName?: string }) => Handler,
      options: { step: "initialize"; name: string },
    ): void;
  };
}

/** The AWS SDK's errors that say that the credentials themselves are the cause. */
const CREDENTIALS =
  /^(CredentialsProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure)$/;

/** By which AWS refuses an action. */
const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError)$/;

/** By which AWS says that it gets too many requests, after the last attempt. */
const THROTTLED =
  /^(Throttling(Exception)?|ThrottledException|RequestLimitExceeded|TooManyRequestsException|SlowDown)$/;

/** What a user reads in place of an error that every call can have; undefined for any other error. */
export function explained(error: Error, action: string, { id, name }: Account): Failure | undefined {
  const place = `accounts.${name} (${id})`;
  if (CREDENTIALS.test(error.name))
    return new Failure(
      `${place}: AWS accepted no credentials: ${error.message}`,
      `log in to account ${id}, or name a role or profile in accounts.${name}.operate, or give --profile ${name}=<name>`,
    );
  if (DENIED.test(error.name))
    return new Failure(
      `${place}: ${action} was denied: ${error.message}`,
      "use credentials with the policy for readers or operators: outputs reader_policy_arns and operator_policy_arns of the account's stack",
    );
  if (THROTTLED.test(error.name))
    return new Failure(
      `${place}: AWS refused ${action} because of too many requests, and so it did after waiting: ${error.message}`,
      "run the command again in a minute",
    );
  return undefined;
}

/** A client whose credentials, rights or limits of requests are explained if a call fails for them. */
export function withExplainedErrors<C extends ExplainedClient>(client: C, account: Account): C {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw (
            (error instanceof Error && explained(error, commandName.replace(/Command$/, ""), account)) ||
            error
          );
        }
      },
    { step: "initialize", name: "codeseriesExplainErrors" },
  );
  return client;
}
