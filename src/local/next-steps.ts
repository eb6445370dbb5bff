import type { System } from "../system/system";

/** What to do in a system that is deployed: the three commands that clone, push and open its first service. */
export function nextSteps({ deliveries, region }: System): string {
  const [first] = deliveries;
  if (!first) return "";
  const { environment, service } = first;
  const several = deliveries.filter((one) => one.service === service).length > 1;
  const only = several ? ` --environment ${environment.name}` : "";
  const { connection } = service.source;
  const clone = connection
    ? []
    : [
        `  eval "$(npx codeseries local env)" && git clone https://git-codecommit.${region}.amazonaws.com/v1/repos/${service.names.repository}`,
      ];
  return [
    "Next:",
    ...clone,
    `  npx codeseries local push ${service.name}${only} && npx codeseries local watch ${service.name} ${environment.name}`,
    `  curl "$(npx codeseries local open ${service.name} ${environment.name})"`,
  ].join("\n");
}
