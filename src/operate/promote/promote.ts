import type { ECRClient } from "@aws-sdk/client-ecr";
import type { DeliveryClients } from "../../aws/delivery-clients";
import type { Delivery } from "../../system/system";
import { readChanges, type Changes } from "../approval/changes";
import type { Commit } from "../read/commit";
import { readCommit } from "../read/commit";
import { commitIn, imageWith, promotedTag, readImage } from "../read/images";
import { readExecutions } from "../read/delivery";
import { prepareRelease, type PreparedRelease } from "../release/release";
import { copyImage } from "./copy-image";
import { requireOpen, requireSameArchitecture } from "./rules";
import { upstreamImage, type Upstream } from "./upstream";

/** One end of a promotion. */
export interface End {
  readonly clients: DeliveryClients;
  readonly delivery: Delivery;
}

export interface PromoteOptions {
  /** @default - the image of the last release that succeeded in the environment before */
  readonly digest?: string;
  /** Why, in the deployment's description. Needed for an image that did not succeed in the environment before. */
  readonly reason?: string;
  readonly ignoreAlarms?: boolean;
}

/** A promotion that would run. */
export interface Promoted extends Upstream {
  readonly commit?: Commit;
  /** Whether the environment runs the image already. */
  readonly runs: boolean;
  /** Whether its repository has the image already. */
  readonly copied: boolean;
  readonly changes: Pick<Changes, "commits" | "more" | "running">;
  readonly release: PreparedRelease;
}

/**
 * Decides what is promoted, and checks that it would run in the environment. Nothing is changed.
 *
 * @throws Failure if there is no such image, it did not succeed in the environment before and no reason is given, the
 * pipeline is closed, a deployment is in flight, an alarm is on, or the version would not run.
 */
export async function planPromotion(from: End, to: End, options: PromoteOptions): Promise<Promoted> {
  const { ignoreAlarms, reason } = options;
  requireSameArchitecture(from.delivery, to.delivery);
  await requireOpen(to.clients, to.delivery);
  const upstream = await upstreamImage(from.clients, from.delivery, options.digest, reason !== undefined);
  const { digest, image } = upstream;
  const here = await readImage(to.clients.environment, to.delivery, { imageDigest: digest });
  const description = `codeseries promote of ${digest} from ${from.delivery.environment.name}`;
  const release = await prepareRelease(to.clients, to.delivery, {
    digest,
    ignoreAlarms,
    image: here ?? image,
    reason: reason === undefined ? description : `${description}: ${reason}`,
  });
  const built = commitIn(image);
  const executions = await readExecutions(from.clients, from.delivery);
  const commit =
    built === undefined
      ? undefined
      : await readCommit(from.clients.shared, from.delivery, built, executions ?? []);
  const { commits, more, running } = await readChanges(to.clients, to.delivery, commit?.id);
  return {
    ...upstream,
    commit,
    runs: running?.image === imageWith(to.delivery, digest),
    copied: here !== undefined,
    changes: { commits, more, running },
    release,
  };
}

/** Copies the image where it is missing. @param ecr A client of the role that copies images to the environment. */
export async function copyPromoted(
  from: End,
  to: Pick<End, "delivery"> & { readonly ecr: ECRClient },
  { copied, digest, image }: Promoted,
  onLayer: (digest: string) => void,
): Promise<void> {
  if (copied) return;
  const source = {
    ecr: from.clients.environment.ecr,
    repositoryName: from.delivery.names.containerRepository,
  };
  const target = { ecr: to.ecr, repositoryName: to.delivery.names.containerRepository };
  await copyImage(source, target, { digest, tag: promotedTag(digest, commitIn(image)), onLayer });
}
