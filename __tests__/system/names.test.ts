import { nameRows } from "../../src/config/schema/name-table";
import { claimsOf } from "../../src/system/naming/claims";
import { deploymentConfigName, fitted } from "../../src/system/naming/names";
import { systemOf, type System } from "../../src/system/system";
import { edit, shippedYaml } from "../support/faults";
import { configFile, systemOfYaml } from "../support/synth-app";

const shipped = systemOf(configFile("codeseries.yaml"));
const threeConfig = configFile("__tests__/fixtures/three-environments.yaml");
const three = systemOf(threeConfig);

const namesOf = (system: System) => system.deliveries[0]?.names;
const environmentNames = (name: string) => three.environments.find((one) => one.name === name)?.names;
const serviceNames = (name: string) => three.services.find((one) => one.name === name)?.names;

describe("names", () => {
  it("equal the seed's for its own system", () => {
    expect(namesOf(shipped)).toMatchObject({
      repository: "awssdk-iam",
      artifactBucket: "bys-shared-s3-codeseries-awssdk-iam",
      buildProject: "bys-shared-cdb-awssdk-iam-dev",
      buildRole: "bys-shared-iam-cdb-role",
      pipeline: "bys-shared-cdpl-awssdk-iam-dev",
      pipelineRole: "bys-shared-iam-cdpl-awssdk-iam-role",
      pushRole: "bys-dev-iam-deploy-role",
      deployRole: "bys-dev-iam-create-cdp-in-shared",
      codeDeployRole: "bys-dev-iam-cdp-role",
      codeDeployApplication: "bys-dev-cddp-ecs-main-awssdk-iam",
      deploymentGroup: "bys-dev-cddpg-ecs-main-awssdk-iam",
      taskFamily: "bys-dev-td-awssdk-iam",
      containerRepository: "ecs/dev-awssdk-iam",
      deployStage: "DevDeploy",
    });
  });

  it("take a template for all from the configuration", () => {
    expect(environmentNames("prd")).toMatchObject({ cluster: "prd-shop", loadBalancer: "acme-prd" });
    expect(serviceNames("web")?.artifactKeyAlias).toBe("alias/acme/web");
  });

  it("take a delivery's own template before the one for all", () => {
    const both = systemOfYaml(
      edit(shippedYaml, ["state:", 'names: { pushRole: "{service}-push-{environment}" }\nstate:']),
    );
    expect(namesOf(both)?.pushRole).toBe("bys-dev-iam-deploy-role");
    const one = systemOfYaml(
      edit(shippedYaml, ["state:", 'names: { taskRole: "{service}-task-{environment}" }\nstate:']),
    );
    expect(namesOf(one)?.taskRole).toBe("awssdk-iam-task-dev");
  });

  it("take a repository's own name before its template", () => {
    expect(serviceNames("billing")?.repository).toBe("billing-service");
    expect(serviceNames("web")?.repository).toBe("web");
  });

  it("hold service and environment by default for what exists once for both", () => {
    const once = nameRows.filter(({ configurable, scope }) => configurable && scope === "delivery");
    expect(once).not.toHaveLength(0);
    for (const { template } of once) {
      expect(template).toContain("{service}");
      expect(template).toContain("{environment}");
    }
  });

  it("are cut to AWS's length if a default is longer, and end in a hash of the whole", () => {
    const long = systemOfYaml(
      edit(
        shippedYaml,
        ["organization: bys", "organization: contoso"],
        ["  awssdk-iam:", "  customer-notifications:"],
        ["cluster: main", "cluster: internal-applications"],
        [shippedYaml.slice(shippedYaml.indexOf("    environments:\n")), ""],
      ),
    );
    expect(namesOf(long)).toMatchObject({
      loadBalancer: "contoso-dev-alb-internal-012607",
      blueTargetGroup: "contoso-dev-tg-customer-n-5705cc",
      blueUnhealthyAlarm: "contoso-dev-tg-customer-n-5705cc-unhealthy",
      pipeline: "contoso-shared-cdpl-customer-notifications-dev",
    });
    expect(namesOf(long)?.greenTargetGroup).not.toBe(namesOf(long)?.blueTargetGroup);
  });

  it("stay as they are where they fit, and have no hyphen before the hash", () => {
    expect(fitted("a".repeat(32), "targetGroup")).toBe("a".repeat(32));
    expect(fitted(`${"a".repeat(24)}-${"b".repeat(8)}`, "targetGroup")).toMatch(/^a{24}-[0-9a-f]{6}$/);
    expect(fitted(`${"a".repeat(60)}.${"b".repeat(8)}`, "s3Bucket")).toMatch(/^a{56}-[0-9a-f]{6}$/);
  });

  it("say what a custom deployment configuration does, so that another one is another name", () => {
    expect(deploymentConfigName({ canary: { percent: 20, minutes: 10 } }, "group")).toBe(
      "group-canary-20-percent-10-minutes",
    );
    expect(deploymentConfigName({ linear: { percent: 25, minutes: 3 } }, "group")).toBe(
      "group-linear-25-percent-3-minutes",
    );
    expect(deploymentConfigName("CodeDeployDefault.ECSAllAtOnce", "group")).toBe(
      "CodeDeployDefault.ECSAllAtOnce",
    );
  });
});

describe("claims", () => {
  it("hold no repository or trigger of a service behind a connection", () => {
    const claimed = claimsOf(threeConfig).map(({ by }) => by);
    expect(claimed).toContain("repository of services.web");
    expect(claimed).not.toContain("repository of services.orders");
    expect(claimed).not.toContain("triggerRule of services.orders in environments.prd");
  });

  it("lie in the account that has the thing", () => {
    const account = (by: string) => claimsOf(threeConfig).find((claim) => claim.by === by)?.accountId;
    expect(account("pipeline of services.web in environments.dev")).toBe("111111111111");
    expect(account("deployRole of services.web in environments.dev")).toBe("222222222222");
  });
});
