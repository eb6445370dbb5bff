import { claimsOf } from "../../src/naming/claims";
import { deliveryNames, deploymentConfigName, environmentNames, serviceNames } from "../../src/naming/names";
import { nameTemplates } from "../../src/config/names";
import { edit, shippedYaml } from "../support/faults";
import { configFile, configOf } from "../support/synth-app";

const shipped = configFile("codeseries.yaml");
const three = configFile("__tests__/fixtures/three-environments.yaml");

describe("names", () => {
  it("equal the seed's for its own system", () => {
    expect(deliveryNames(shipped, "dev", "awssdk-iam")).toMatchObject({
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
    expect(environmentNames(three, "prd")).toMatchObject({ cluster: "prd-shop", loadBalancer: "acme-prd" });
    expect(serviceNames(three, "web").artifactKeyAlias).toBe("alias/acme/web");
  });

  it("take a delivery's own template before the one for all", () => {
    const both = configOf(
      edit(shippedYaml, ["state:", 'names: { pushRole: "{service}-push-{environment}" }\nstate:']),
    );
    expect(deliveryNames(both, "dev", "awssdk-iam").pushRole).toBe("bys-dev-iam-deploy-role");
    const one = configOf(
      edit(shippedYaml, ["state:", 'names: { taskRole: "{service}-task-{environment}" }\nstate:']),
    );
    expect(deliveryNames(one, "dev", "awssdk-iam").taskRole).toBe("awssdk-iam-task-dev");
  });

  it("take a repository's own name before its template", () => {
    expect(serviceNames(three, "billing").repository).toBe("billing-service");
    expect(serviceNames(three, "web").repository).toBe("web");
  });

  it("hold service and environment by default for what exists once for both", () => {
    const once = Object.values(nameTemplates).filter(({ scope }) => scope === "delivery");
    expect(once).not.toHaveLength(0);
    for (const { template } of once) {
      expect(template).toContain("{service}");
      expect(template).toContain("{environment}");
    }
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
    const claimed = claimsOf(three).map(({ by }) => by);
    expect(claimed).toContain("repository of services.web");
    expect(claimed).not.toContain("repository of services.orders");
    expect(claimed).not.toContain("triggerRule of services.orders in environments.prd");
  });

  it("lie in the account that has the thing", () => {
    const account = (by: string) => claimsOf(three).find((claim) => claim.by === by)?.accountId;
    expect(account("pipeline of services.web in environments.dev")).toBe("111111111111");
    expect(account("deployRole of services.web in environments.dev")).toBe("222222222222");
  });
});
