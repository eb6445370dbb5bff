import type { Check } from "../../../config/fault";
import type { Config } from "../../../config/schema";
import { isDelivered } from "../../settings";

/** Services that every environment leaves out. */
export const deliveredNowhere: Check<Config> = ({ environments, services }) => {
  const names = Object.keys(environments);
  return Object.entries(services)
    .filter(([, service]) => names.length > 0 && !names.some((name) => isDelivered(service, name)))
    .map(([name]) => ({
      path: ["services", name, "environments"],
      expected: `an environment that the service is delivered to: it is false in ${names.join(", ")}`,
      got: false,
    }));
};
