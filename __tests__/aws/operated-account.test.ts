import { explained } from "../../src/aws/explain-errors";
import { operatedAccount, profilesOf } from "../../src/aws/operated-account";
import { InputError } from "../../src/errors";

const account = { name: "dev", id: "222222222222", assumeRole: "deployer" };

describe("operatedAccount", () => {
  it.each<[string, object, Record<string, string>, object]>([
    ["as Terraform has them", {}, {}, { assumeRole: "deployer" }],
    ["of the role for operators", { operate: { assumeRole: "operators" } }, {}, { assumeRole: "operators" }],
    [
      "of that role through the account's profile",
      { profile: "p", operate: { assumeRole: "operators" } },
      {},
      { profile: "p", assumeRole: "operators" },
    ],
    [
      "of the profile for operators, without Terraform's role",
      { operate: { profile: "ops" } },
      {},
      { profile: "ops" },
    ],
    [
      "of --profile before all",
      { operate: { assumeRole: "operators" } },
      { dev: "mine", prd: "other" },
      { profile: "mine" },
    ],
  ])("has the credentials %s", (_, own, profiles, expected) => {
    const { assumeRole, profile } = operatedAccount({ ...account, ...own }, profiles);
    expect({ assumeRole, profile }).toEqual({ assumeRole: undefined, profile: undefined, ...expected });
  });
});

describe("--profile", () => {
  it("can be given for several accounts", () => {
    expect(profilesOf("prd=b", profilesOf("dev=a"))).toEqual({ dev: "a", prd: "b" });
  });

  it.each(["dev", "=a", "dev=", "Dev=a", "dev=a b"])("refuses %j", (text) => {
    expect(() => profilesOf(text)).toThrow(InputError);
  });
});

describe("an error that any call can have", () => {
  const named = (name: string) => Object.assign(new Error("said AWS"), { name });

  it.each([
    [
      "ExpiredToken",
      /^accounts\.dev \(222222222222\): AWS accepted no credentials: said AWS$/,
      /--profile dev=<name>$/,
    ],
    ["AccessDeniedException", /: ListDeployments was denied: said AWS$/, /policy for readers or operators/],
    ["ThrottlingException", /refused ListDeployments because of too many requests/, /in a minute$/],
  ])("is explained: %s", (name, message, next) => {
    const failure = explained(named(name), "ListDeployments", account);
    expect(failure?.message).toMatch(message);
    expect(failure?.next).toMatch(next);
  });

  it("stays as it is otherwise", () => {
    expect(explained(named("ClusterNotFoundException"), "ListTasks", account)).toBeUndefined();
  });
});
