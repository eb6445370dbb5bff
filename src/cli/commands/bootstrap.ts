import { resolve } from "node:path";
import { localFile, localFolder } from "../../local/folder";
import { Interruption } from "../../process/interruption";
import { ACCEPT_STATE, defineCommand } from "../command";

export const bootstrap = defineCommand({
  name: "bootstrap",
  summary: "creates, or adopts, the bucket of the Terraform state",
  description: `Creates the state bucket in the shared account, or adopts the existing one, and keeps the state of the
stack "bootstrap" in it. A second run changes nothing. An adopted bucket gets the settings of the stack:
versioning, encryption, no public access, TLS only, and lifecycle rules that replace its own.
A bucket that another configuration made is checked, and used as it is.

Credentials are found as Terraform finds them.`,
  script: "npm run bootstrap",
  options: { acceptState: ACCEPT_STATE },
  json: '{ "bucket": name, "result": what Terraform changed }',
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: { failed: "credentials, the bucket or Terraform", interrupted: "interrupted" },
  async run({ env, options: { acceptState = false }, ui }) {
    const { BOOTSTRAP } = await import("../../config/schema");
    const { synthesizeConfiguration } = await import("../synth");
    const { hasOverrides, reachableConfig, removeOverrides } = await import("../../local/overrides");
    const terraform = await import("../../terraform/bootstrap");
    const { runContext } = await import("../../terraform/run/run");
    const { withLock } = await import("../../local/lock");
    const { requireTerraform } = await import("../../terraform/program");
    const { stackFolder } = await import("../../terraform/stack-folder");
    const { terraformVariables } = await import("../../terraform/variables");

    const { config, outdir } = synthesizeConfiguration(env);
    Object.assign(env, terraformVariables(env, localFolder()));
    requireTerraform(env);
    const reachable = reachableConfig(config, env.AWS_ENDPOINT_URL);
    const interruption = new Interruption(ui);
    const result = await withLock(() => {
      // Overrides of the embedded AWS must not be used with a real one.
      if (reachable === config && hasOverrides(outdir)) removeOverrides(outdir);
      const [log, runs] = [localFile("bootstrap.log"), localFile("bootstrap-runs")];
      const context = runContext({ env, progress: ui, interruption, log, runs });
      const localState = resolve(stackFolder(outdir, BOOTSTRAP), "terraform.tfstate");
      return interruption.during(() =>
        terraform.bootstrap(context, { config: reachable, outdir, localState, acceptState }),
      );
    });
    const { bucket } = config.state;
    ui.result(`State bucket ${bucket}: ${result}`, { bucket, result });
  },
});
