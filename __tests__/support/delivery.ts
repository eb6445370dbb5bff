import { stringify } from "yaml";
import type { Delivery } from "../../src/system/system";
import { systemOfYaml } from "./synth-app";

const environment = (cidr: string) => ({
  cluster: "main",
  branch: "main",
  network: { cidr },
  ingress: { http: true },
});

/** The service web of a system with the environments dev and prd, which is approved. */
export const systemWith = (settings: object = {}) =>
  systemOfYaml(
    stringify({
      organization: "acme",
      region: "eu-central-1",
      state: { bucket: "acme-state" },
      accounts: { shared: { id: "111111111111" }, dev: { id: "222222222222" }, prd: { id: "444444444444" } },
      environments: {
        dev: environment("10.10.0.0/16"),
        prd: { ...environment("10.30.0.0/16"), approval: true },
      },
      services: { web: { port: 8080, path: "/", healthCheckPath: "/health", ...settings } },
    }),
  );

/** Its delivery to dev. */
export function deliveryWith(settings?: object): Delivery {
  const [delivery] = systemWith(settings).deliveries;
  if (!delivery) throw new Error("the configuration has a delivery");
  return delivery;
}
