import { requireOpen, requireSameArchitecture } from "../../../src/operate/promote/rules";
import { systemWith } from "../../support/delivery";
import { delivery, fakeClients } from "../../support/release-responses";

const { deployStage } = delivery.names;

const open = (GetPipelineState: object) => requireOpen(fakeClients({ GetPipelineState }).clients, delivery);
const stage = (stageName: string, inboundTransitionState: object) => ({
  stageStates: [{ stageName, inboundTransitionState }],
});

it("a pipeline is open whose transitions are, or that does not exist", async () => {
  await open(stage(deployStage, { enabled: true }));
  await open({});
  await open(Object.assign(new Error(), { name: "PipelineNotFoundException" }));
});

it("a transition to the build closes nothing: a promotion does not build", async () => {
  await open(stage("Build", { enabled: false }));
});

it("a transition to the deployment closes the environment, and who disabled it says why", async () => {
  const state = { enabled: false, lastChangedBy: "arn:aws:iam::1:user/jo", disabledReason: "year end" };
  await expect(open(stage(deployStage, state))).rejects.toThrow(
    `awssdk-iam dev: arn:aws:iam::1:user/jo has disabled the transition to ${deployStage} of ${delivery.names.pipeline}: year end`,
  );
});

it("an image runs where tasks have the processor that it was built for", () => {
  const arm = { environments: { prd: { task: { architecture: "arm64" } } } };
  const [dev, prd] = systemWith(arm).deliveries;
  if (!dev || !prd) throw new Error("two environments");
  requireSameArchitecture(dev, dev);
  expect(() => {
    requireSameArchitecture(dev, prd);
  }).toThrow(/^web prd: its tasks run on \w+, and dev builds images for \w+$/);
});
