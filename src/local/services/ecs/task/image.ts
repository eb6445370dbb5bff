import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import type { Image, RegistryCredentials } from "../../../engine/engine";
import { knownPort } from "../../../reconcile/ports";
import { ecrHostOf, localImage } from "../../ecr/image-name";
import { executionClient, type TaskContext } from "./context";
import { cannotAuthorize, cannotPull, CannotStart } from "./reasons";

/** The user and the password of a token of ECR, which is Base64. */
export function credentialsOf(token: string): RegistryCredentials {
  const [user = "", ...password] = Buffer.from(token, "base64").toString().split(":");
  return { user, password: password.join(":") };
}

/**
 * Pulls an image: from ECR under the execution role, from other registries as anybody.
 *
 * @throws CannotStart with the reason of ECS.
 */
export async function pullImage(context: TaskContext, image: string, container: string): Promise<Image> {
  const credentials = ecrHostOf(image) === undefined ? undefined : await authorize(context);
  try {
    return await context.engine.pull(localImage(image, knownPort("registry") ?? 0), credentials);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new CannotStart(cannotPull(image, said), container);
  }
}

async function authorize(context: TaskContext): Promise<RegistryCredentials> {
  try {
    const answer = await executionClient(context, ECRClient).send(new GetAuthorizationTokenCommand({}));
    return credentialsOf(answer.authorizationData?.[0]?.authorizationToken ?? "");
  } catch (error) {
    throw new CannotStart(cannotAuthorize(error));
  }
}
