/** The process of the controllers: everything of a release but the load balancer. */
import { openEngine } from "../engine/open";
import { openEmbedded } from "../reconcile/embedded";
import { runControllers, type Controller } from "../reconcile/controller";
import { codeBuildController } from "../services/codebuild/controller";
import { dockerInstaller } from "../services/codebuild/install-docker";
import { alarmController } from "../services/cloudwatch/alarms";
import { codeCommitController } from "../services/codecommit/controller";
import { codeDeployController } from "../services/codedeploy/controller";
import { codePipelineController } from "../services/codepipeline/controller";
import { startRegistry } from "../services/ecr/registry";
import { ecsController } from "../services/ecs/controller";
import { settingsFromEnvironment, untilTerminated } from "./process";

async function main(): Promise<void> {
  const settings = settingsFromEnvironment();
  const embedded = openEmbedded(settings.timeFactor);
  const registry = await startRegistry(embedded);
  const engine = openEngine(settings.engine, (text) => {
    embedded.say("ecs", text);
  });
  const controllers: Controller[] = [
    await codeCommitController(embedded),
    codePipelineController(embedded),
    codeBuildController(embedded, dockerInstaller(settings.engine, registry.port)),
    codeDeployController(embedded, settings.hookFolder),
    ecsController(embedded, engine),
    alarmController(embedded),
  ];
  await untilTerminated(embedded, "controllers", (signal) =>
    runControllers(controllers, embedded.changes, embedded.say, signal),
  );
}

void main();
