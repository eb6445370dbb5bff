import type { Promotion } from "../../system/promotions";
import type { RequiredCall } from "../request";
import { callsBy } from "./call";

const WRITE = `ecr:BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload
  PutImage`;

/** What the role needs that copies images to an environment. Those who assume it read them with their own rights. */
export const promotionCalls = ({ deliveries, environment }: Promotion): RequiredCall[] =>
  deliveries.map(({ arns }) =>
    callsBy(environment.arns.promotionRole)("write a promoted image", WRITE, arns.containerRepository),
  );
