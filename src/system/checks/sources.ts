import type { Check } from "../../config/fault";
import type { Config } from "../../config/schema";
import { isDelivered } from "../settings";

/** Filters of pushes, which CodePipeline has for connections only. */
export const filtersWithoutConnection: Check<Config> = ({ environments, services }) => {
  const committed = Object.entries(services).filter(([, { source }]) => source.connection === undefined);
  const tagged = Object.entries(environments).filter(([, { tags }]) => tags !== undefined);
  return [
    ...committed
      .filter(([, { source }]) => source.paths !== undefined)
      .map(([name, { source }]) => ({
        path: ["services", name, "source", "paths"],
        expected:
          "no paths without source.connection: a push to CodeCommit starts its pipelines, whichever files it changes",
        got: source.paths,
      })),
    ...tagged.flatMap(([name, { tags }]) => {
      const delivered = committed.filter(([, service]) => isDelivered(service, name));
      if (delivered.length === 0) return [];
      const from = delivered.map(([service]) => service).join(", ");
      return [
        {
          path: ["environments", name, "tags"],
          expected: `branch in place of tags: only a source.connection can start a pipeline by Git tags, and CodeCommit has the source of ${from}`,
          got: tags,
        },
      ];
    }),
  ];
};
