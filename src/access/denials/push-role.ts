import type { Denial } from "../request";
import { ofOthers, onEach, type Scene, byPrincipal } from "./rows";

/** What a build must not do with images, once it is the push role. */
export function pushRoleDenials(scene: Scene): Denial[] {
  const { account, images, roles } = scene.own;
  const role = { principal: roles.push };
  return [
    ...onEach(
      ofOthers(scene, "account", (other) => [other.images]),
      {
        ...role,
        reason: "one service would replace another's image",
        actions: ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:BatchGetImage"],
      },
    ),
    {
      ...role,
      reason: "a build would delete images, or open the repository",
      actions: [
        "ecr:BatchDeleteImage",
        "ecr:DeleteRepository",
        "ecr:SetRepositoryPolicy",
        "ecr:PutImageTagMutability",
        "ecr:PutLifecyclePolicy",
      ],
      resource: images,
      owner: account,
    },
  ].map(byPrincipal);
}
