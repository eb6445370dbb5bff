import type { Denial } from "../request";
import { artifactReaderDenials } from "./artifact-reader";
import { artifactStoreDenials } from "./artifact-store";
import { buildRoleDenials } from "./build-role";
import { codeDeployRoleDenials } from "./code-deploy-role";
import { deployRoleDenials } from "./deploy-role";
import { developerDenials } from "./developer";
import { everywhereDenials } from "./everywhere";
import { otherReaderDenials } from "./other-readers";
import { passingDenials } from "./passing";
import { pipelineRoleDenials } from "./pipeline-role";
import { pushRoleDenials } from "./push-role";
import { roleTrustDenials } from "./role-trusts";
import type { Scene } from "./rows";
import { serviceTrustDenials } from "./service-trusts";
import { executionRoleDenials, taskRoleDenials } from "./task-roles";
import { triggerRoleDenials } from "./trigger-role";
import { wrongUploadDenials } from "./uploads";
import { withoutTlsDenials } from "./without-tls";

export type { Scene } from "./rows";

/** Everything that one service's delivery to one environment must be refused. */
export function denialsOf(scene: Scene, stateBucket: string): Denial[] {
  const { connection, roles } = scene.own;
  return [
    ...serviceTrustDenials(scene),
    ...roleTrustDenials(scene),
    ...(connection === undefined ? [...developerDenials(scene), ...triggerRoleDenials(scene)] : []),
    ...pipelineRoleDenials(scene),
    ...buildRoleDenials(scene),
    ...[roles.pipeline, roles.build].flatMap((role) => artifactStoreDenials(scene, role)),
    ...pushRoleDenials(scene),
    ...deployRoleDenials(scene),
    ...codeDeployRoleDenials(scene),
    ...[roles.deploy, roles.codeDeploy].flatMap((role) => passingDenials(scene, role)),
    ...executionRoleDenials(scene),
    ...taskRoleDenials(scene),
    ...withoutTlsDenials(scene),
    ...wrongUploadDenials(scene),
    ...artifactReaderDenials(scene),
    ...otherReaderDenials(scene),
    ...everywhereDenials(scene.own, stateBucket),
  ];
}
