import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { similar } from "../config/similar";
import { InputError } from "../errors";
import type { Delivery, System } from "../system/system";

/** A service's deliveries: at least one. @throws InputError */
export function deliveriesOf({ deliveries, services }: System, name: string): [Delivery, ...Delivery[]] {
  const [first, ...others] = deliveries.filter(({ service }) => service.name === name);
  if (first) return [first, ...others];
  const names = services.map((service) => service.name);
  const meant = similar(name, names);
  throw new InputError(
    `expected a service of ${names.join(", ")}, got "${name}"`,
    meant && `did you mean ${meant}?`,
  );
}

/** @throws InputError if there is no such folder. */
export function requireFolder(folder: string): void {
  if (!existsSync(folder))
    throw new InputError(
      `the folder ${folder} does not exist`,
      "name the folder of the application's repository",
    );
  if (!statSync(folder).isDirectory())
    throw new InputError(
      `${folder} is a file`,
      `name the folder of the application's repository, such as ${dirname(folder)}`,
    );
}
