import type { Warn, Warning } from "../../config/fault";
import type { Config } from "../../config/schema";
import { accountOf, repositoryArnOf } from "../arns";
import { settingPath } from "../checks/service/setting-path";
import { systemOf, type Delivery } from "../system";

/** Images of sidecars that can change unseen, or that another account must let be pulled. */
export const sidecarImages: Warn<Config> = (config) =>
  systemOf(config).deliveries.flatMap((delivery) =>
    Object.entries(delivery.settings.task.sidecars).flatMap(([name, { image }]) => {
      const path = settingPath(config, delivery, ["task", "sidecars", name, "image"]);
      return [...changingTag(image), ...otherAccount(image, delivery)].map((text): Warning => {
        return { path, text };
      });
    }),
  );

/** Without a tag, an image is that of the tag `latest`. */
function changingTag(image: string): string[] {
  const [, tag = "latest"] = /:([^:/]+)$/.exec(image) ?? [];
  return image.includes("@") || tag !== "latest"
    ? []
    : ["the tag latest can be another image at each start of a task; name a version or a digest"];
}

function otherAccount(image: string, { account, arns }: Delivery): string[] {
  const repository = repositoryArnOf(image);
  return repository === undefined || accountOf(repository) === account.id
    ? []
    : [
        `the image is of account ${accountOf(repository)}: the policy of its repository must allow ${arns.roles.execution} to pull it`,
      ];
}
