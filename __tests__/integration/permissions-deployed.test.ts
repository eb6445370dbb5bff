import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateGrantCommand, KMSClient, RevokeGrantCommand } from "@aws-sdk/client-kms";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { policiesOfStacks, type Policies } from "../../src/permissions";
import { edit } from "../support/faults";
import { putPolicies } from "../support/put-policies";
import { configOf, synthApp } from "../support/synth-app";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "codeseries-deployed-"));
const configuration = join(folder, "codeseries.yaml");
const REGION = "ap-northeast-2";
const DEV = "558846431111";
const SHARED = "202949997891";

/** Counted as skipped, by its name, where the machine has no moto. */
const hasMoto = spawnSync("python3", ["-c", "import moto, boto3"]).status === 0;
const withMoto = hasMoto ? it : it.skip;

const keys = { accessKeyId: "test", secretAccessKey: "test" };
const WAIT_MS = 250;

let server: ChildProcess | undefined;
let endpoint = "";

const credentialsOf = (account: string) =>
  fromTemporaryCredentials({
    masterCredentials: keys,
    params: { RoleArn: `arn:aws:iam::${account}:role/codeseries-local`, RoleSessionName: "test" },
    clientConfig: { region: REGION, endpoint },
  });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const answers = () =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  if (!hasMoto) return;
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  server = spawn("python3", ["src/local/moto/server.py", "--host", "127.0.0.1", "--port", String(port)], {
    cwd: root,
    stdio: "ignore",
  });
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  writeFileSync(
    configuration,
    edit(
      readFileSync(join(root, "codeseries.yaml"), "utf8"),
      ['id: "202949997891"', 'id: "202949997891", assumeRole: codeseries-local'],
      [`id: "${DEV}"`, `id: "${DEV}", assumeRole: codeseries-local`],
      ["cluster: main", "cluster: main\n    notifications: { email: [releases@example.com] }"],
    ),
  );
});

afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true });
});

function access(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stderr, stdout } = spawnSync(
    "npm",
    ["run", "--silent", "permissions", "--", "--deployed", ...args],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        CODESERIES_CONFIG: configuration,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_REGION: REGION,
        AWS_EC2_METADATA_DISABLED: "true",
        ...env,
      },
    },
  );
  return { status, stderr, stdout };
}

describe("codeseries permissions --deployed (needs Python's moto and boto3)", () => {
  withMoto("finds nothing proven where nothing was deployed", () => {
    const { status, stdout } = access({});
    expect(stdout).toContain(`there is no arn:aws:iam::${DEV}:role/bys-dev-iam-deploy-role`);
    expect(status).toBe(1);
  });

  withMoto("proves what stands in AWS, and names what is granted, or taken away, there", async () => {
    const policies = policiesOfStacks(synthApp(configOf(readFileSync(configuration, "utf8"))));
    await putPolicies(policies, { endpoint, region: REGION, credentialsOf });

    const deployed = access({}, "--json");
    expect(deployed.stderr).not.toContain("✗");
    expect(JSON.parse(deployed.stdout)).toMatchObject({ proven: true, failures: [], stale: [] });
    expect(deployed.status).toBe(0);
    const { roles } = JSON.parse(access({}, "--policies").stdout) as { roles: object[] };
    expect(roles).toHaveLength(policies.roles.length);

    const dev = { endpoint, region: REGION, credentials: credentialsOf(DEV) };
    const kms = new KMSClient({ ...dev, credentials: credentialsOf(SHARED) });
    const { keys: found } = JSON.parse(access({}, "--policies").stdout) as Policies;
    const ofArtifacts = found.find(({ aliases }) => aliases?.some((one) => one.includes("codeseries")));
    const key = { KeyId: ofArtifacts?.arn ?? "" };
    const { GrantId } = await kms.send(
      new CreateGrantCommand({
        ...key,
        GranteePrincipal: `arn:aws:iam::${DEV}:role/bys-dev-iam-create-cdp-in-shared`,
        Operations: ["Decrypt"],
      }),
    );
    const granted = access({});
    expect(granted.stdout).toContain(`allowed by Grant${GrantId ?? ""} in key policy of ${key.KeyId}`);
    expect(granted.status).toBe(1);
    await kms.send(new RevokeGrantCommand({ ...key, GrantId }));

    await new IAMClient(dev).send(
      new DeleteRolePolicyCommand({ RoleName: "bys-dev-iam-deploy-role", PolicyName: "permissions" }),
    );
    const { status, stdout } = access({});
    expect(stdout).toContain("✗ awssdk-iam to dev: cannot push the image and read its digest");
    expect(stdout).toContain(`add to a new policy of arn:aws:iam::${DEV}:role/bys-dev-iam-deploy-role`);
    expect(status).toBe(1);
  });

  withMoto("names an account that it cannot read, with no stack trace", () => {
    const { status, stderr } = access({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect(stderr).toMatch(/^account shared 202949997891: cannot read its policies: /m);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
  });
});
