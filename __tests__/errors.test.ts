import { asUserError, ConfigError, Failure, InputError, Interrupted, UserError } from "../src/errors";

const system = Object.assign(new Error("EACCES: cdktf.out"), { syscall: "open", code: "EACCES" });
const service = Object.assign(new Error("not authorized"), { $metadata: {} });
const credentials = Object.assign(new Error("no credentials"), { name: "CredentialsProviderError" });

describe("an error that a user sees", () => {
  it.each<[error: Error, exitCode: number, message: string]>([
    [
      new ConfigError(["c.yaml:1:1 a fault", "c.yaml:2:1 another"]),
      2,
      "c.yaml:1:1 a fault\nc.yaml:2:1 another",
    ],
    [new InputError("no such option"), 2, "no such option"],
    [new Failure("no terraform"), 1, "no terraform"],
    [new Interrupted("stopped"), 130, "stopped"],
    [new UserError("a table is replaced", undefined, 3), 3, "a table is replaced"],
    [system, 1, "EACCES: cdktf.out"],
    [service, 1, "not authorized"],
    [credentials, 1, "no credentials"],
  ])("is %s with exit code %d", (error, exitCode, message) => {
    expect(asUserError(error)).toMatchObject({ exitCode, message });
  });

  it.each([new TypeError("undefined is not a function"), "text", undefined])("is not %p: a bug", (error) => {
    expect(asUserError(error)).toBeUndefined();
  });
});
