import { stringify } from "yaml";

/** A configuration with a number of services, each delivered to dev, stg and prd. */
export const manyServices = (count: number, region: string): string =>
  stringify({
    organization: "acme",
    region,
    state: { bucket: "acme-state" },
    accounts: {
      shared: { id: "111111111111" },
      dev: { id: "222222222222" },
      stg: { id: "333333333333" },
      prd: { id: "444444444444" },
    },
    environments: Object.fromEntries(
      ["dev", "stg", "prd"].map((name, index) => [
        name,
        { cluster: "main", branch: "main", ingress: { http: true }, network: { cidr: `10.${index}.0.0/16` } },
      ]),
    ),
    services: Object.fromEntries(
      Array.from({ length: count }, (_, index) => `service-${index}`).map((name) => [
        name,
        { port: 8080, path: `/${name}`, healthCheckPath: "/health" },
      ]),
    ),
  });
