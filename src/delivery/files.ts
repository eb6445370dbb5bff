import { appSpecFile, type AppSpecProps } from "./app-spec";
import { taskDefinitionFile, type TaskDefinitionProps } from "./task-definition";

/** Names of the files at the root of a build's output artifact. The deploy action reads these and no others. */
export const TASK_DEFINITION_FILE = "taskdef.json";
export const APP_SPEC_FILE = "appspec.yml";
export const IMAGE_DETAIL_FILE = "imageDetail.json";

/** A file that Terraform writes, and that the build adds to its output artifact. */
export interface DeliveryFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: string;
}

/** The files of a delivery that do not depend on a build. */
export const deliveryFiles = (taskDefinition: TaskDefinitionProps, appSpec: AppSpecProps): DeliveryFile[] => [
  {
    name: TASK_DEFINITION_FILE,
    contentType: "application/json",
    content: taskDefinitionFile(taskDefinition),
  },
  { name: APP_SPEC_FILE, contentType: "application/yaml", content: appSpecFile(appSpec) },
];

/** The file that names the image of a build. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html */
export const imageDetail = (imageUri: string) => JSON.stringify({ ImageURI: imageUri });
