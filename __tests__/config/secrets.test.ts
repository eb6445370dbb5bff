import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";

const task = (text: string) => ["port: 10012", `port: 10012\n    task: { ${text} }`] as const;
const build = (text: string) => ["build: {", `build: { ${text},`] as const;
const secret = (account: string, region = "ap-northeast-2") =>
  `arn:aws:secretsmanager:${region}:${account}:secret:a-AbCdEf`;
const DEV = "558846431111";
const SHARED = "202949997891";
const KEY = (account: string) => `arn:aws:kms:ap-northeast-2:${account}:key/1234abcd-12ab`;
const AT = "services.awssdk-iam.task";

describe("secrets", () => {
  it.each([
    ["a secret with its suffix", `secrets: { A: "${secret(DEV)}" }`],
    ["a secret with a JSON key", `secrets: { A: "${secret(DEV)}:key::" }`],
    ["a parameter by name", "secrets: { A: /orders/token }"],
    ["a parameter by ARN", `secrets: { A: "arn:aws:ssm:ap-northeast-2:${DEV}:parameter/a" }`],
    ["a customer managed key", `secrets: { A: /a/b }, secretKeyArns: ["${KEY(DEV)}"]`],
    [
      "another account's, if that is said",
      `secrets: { A: "${secret(SHARED)}" }, secretKeyArns: ["${KEY(SHARED)}"], crossAccountSecrets: true`,
    ],
    [
      "another region's, if that is said",
      `secrets: { A: "${secret(DEV, "us-east-1")}" }, crossAccountSecrets: true`,
    ],
  ])("may be %s", (_, text) => {
    expect(faultsAfter(task(text))).toEqual([]);
  });

  it.each([
    [
      "task",
      task(`secrets: { A: "arn:aws:secretsmanager:ap-northeast-2:${DEV}:secret:db" }`),
      `${AT}.secrets.A`,
    ],
    [
      "sidecar",
      task(
        `sidecars: { o: { image: o:1, secrets: { A: "arn:aws:secretsmanager:ap-northeast-2:${DEV}:secret:db:key::" } } }`,
      ),
      `${AT}.sidecars.o.secrets.A`,
    ],
    [
      "build",
      build(`secrets: { A: "arn:aws:secretsmanager:ap-northeast-2:${SHARED}:secret:ci/npm" }`),
      "services.awssdk-iam.build.secrets.A",
    ],
  ])("of Secrets Manager need their six-character suffix in a %s", (_, change, path) => {
    expect(faultsAfter(change)).toEqual([
      expect.stringContaining(
        `${path}: expected the whole ARN of a Secrets Manager secret, with the hyphen and the six characters after its name`,
      ),
    ]);
  });

  it.each([
    [
      "a secret of another account",
      `secrets: { A: "${secret(SHARED)}" }`,
      "secrets.A",
      "a secret of the account and region of dev, arn:aws:secretsmanager:ap-northeast-2:558846431111:…",
    ],
    [
      "a secret of another region",
      `secrets: { A: "${secret(DEV, "us-east-1")}" }`,
      "secrets.A",
      "a secret of the account",
    ],
    [
      "a parameter of another account",
      `secrets: { A: "arn:aws:ssm:ap-northeast-2:${SHARED}:parameter/a" }`,
      "secrets.A",
      "a secret of the account and region of dev, arn:aws:ssm:",
    ],
    [
      "a sidecar's secret of another account",
      `sidecars: { o: { image: o:1, secrets: { A: "${secret(SHARED)}" } } }`,
      "sidecars.o.secrets.A",
      "a secret of the account",
    ],
    [
      "a key of another account",
      `secrets: { A: /a/b }, secretKeyArns: ["${KEY(SHARED)}"]`,
      "secretKeyArns.0",
      "a key of the account and region of dev, arn:aws:kms:ap-northeast-2:558846431111:…",
    ],
  ])("refuse %s, unless crossAccountSecrets says so", (_, text, path, expected) => {
    const [fault, ...others] = faultsAfter(task(text));
    expect(others).toEqual([]);
    expect(fault).toContain(`${AT}.${path}: expected ${expected}`);
    expect(fault).toContain("or task.crossAccountSecrets: true, got ");
  });

  it("of one environment do not reach another one unsaid", () => {
    const yaml = edit(
      shippedYaml,
      [
        "\nservices:",
        `  prd: { account: shared, branch: master, cluster: main, network: { cidr: 10.20.0.0/16 }, ingress: { http: true } }\n\nservices:`,
      ],
      task(`secrets: { A: "${secret(DEV)}" }`),
    );
    expect(faultsIn(yaml)).toEqual([expect.stringContaining("a secret of the account and region of prd")]);
  });

  it.each([
    [
      "an alias",
      `secrets: { A: /a/b }, secretKeyArns: ["arn:aws:kms:ap-northeast-2:${DEV}:alias/a"]`,
      /of a KMS key, .* and not of its alias/,
    ],
    [
      "no secrets",
      `secretKeyArns: ["${KEY(DEV)}"]`,
      /secretKeyArns: expected secrets that these keys encrypt/,
    ],
    [
      "the same key twice",
      `secrets: { A: /a/b }, secretKeyArns: ["${KEY(DEV)}", "${KEY(DEV)}"]`,
      /different keys/,
    ],
    ["a name without a slash", "secrets: { A: token }", /or by a name such as \/orders\/token, got "token"/],
    [
      "a name of one part, which ARNs do not tell from a name without a slash",
      "secrets: { A: /token }",
      /by a name such as/,
    ],
  ])("refuse %s", (_, text, message) => {
    const [fault, ...others] = faultsAfter(task(text));
    expect(others).toEqual([]);
    expect(fault).toMatch(message);
  });
});
