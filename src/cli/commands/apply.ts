import { ACCEPT_STATE, defineCommand } from "../command";

const listed = (text: string, previous: unknown) => [...((previous ?? []) as readonly string[]), text];

export const apply = defineCommand({
  name: "apply",
  summary: "applies exactly what codeseries review has reviewed",
  description: `Applies the plans of the last codeseries review, environments first, and nothing else. Before the first
apply it compares configuration, plan files, provider versions and states with those of the review, and refuses
with the names of what differs. A dangerous change is applied only with --accept <address>.

A stack whose plan rests on another is planned again after that one, and applied only if its changes are the
reviewed ones. New listener rules of a service that has released are pointed at the live target group.`,
  options: {
    accept: {
      value: "<address>",
      description: "a dangerous change to apply, or a removed stack to leave; can be given several times",
      parse: listed,
    },
    approved: {
      value: "<file>",
      description: "the record.json of the review that was approved elsewhere: its changes must be the same",
    },
    acceptState: ACCEPT_STATE,
  },
  json: '{ "applied": [{ "name", "result" }], "again": [stack to review again] }',
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: {
    failed: "credentials, the bucket or Terraform",
    dangerous: "a change is dangerous, or not the reviewed one",
    incomplete: "review again",
    interrupted: "interrupted",
  },
  examples: [
    "npx codeseries review && npx codeseries apply",
    "npx codeseries apply --accept aws_lb_listener.load-balancer_production-listener_0605101C",
  ],
  async run({ env, options: { accept = [], acceptState = false, approved }, ui }) {
    const { applySystem } = await import("../planning/apply-system");
    const { again, applied, failure } = await applySystem({
      ...{ env, ui, acceptState, approved },
      accepted: accept,
    });
    const lines = applied.map(({ name, result }) => `${name}: ${result}`);
    ui.result(lines.join("\n"), { applied, again });
    if (failure) throw failure;
  },
});
