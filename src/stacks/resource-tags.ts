import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

type Tags = Record<string, string>;
type Taggable = IConstruct & { tags?: Tags; readonly tagsInput?: Tags };

/** Resources only: the tags of a data source are what it looks for. */
const isTaggable = (node: IConstruct): node is Taggable =>
  TerraformResource.isTerraformResource(node) && "tagsInput" in node;

/** Attributes that hold a resource's physical name, in the order to look. */
const NAME_ATTRIBUTES = [
  "nameInput",
  "keyInput",
  "bucketInput",
  "repositoryNameInput",
  "familyInput",
  "deploymentGroupNameInput",
  "alarmNameInput",
];

/** Role and CodeDeploy names may have a comma; the values of tags may not. */
const NOT_IN_A_TAG = /[^\p{L}\p{N} _.:/=+@-]/gu;

function physicalName(node: IConstruct): string | undefined {
  const name = NAME_ATTRIBUTES.map((attribute) => (node as unknown as Record<string, unknown>)[attribute]);
  return name.find((value): value is string => typeof value === "string");
}

function addTags(node: IConstruct, tags: Tags) {
  if (isTaggable(node)) node.tags = { ...tags, ...node.tagsInput };
}

/** Tags each resource with its physical name, or with its place in the tree where it has none. */
export class NameTag implements IAspect {
  constructor(private readonly organization: string) {}

  visit(node: IConstruct) {
    const name = physicalName(node) ?? [this.organization, ...node.node.path.split("/")].join("-");
    addTags(node, { Name: name.replaceAll(NOT_IN_A_TAG, "-") });
  }
}

/** Tags each resource of a service. */
export class ServiceTag implements IAspect {
  constructor(private readonly service: string) {}

  visit(node: IConstruct) {
    addTags(node, { Service: this.service });
  }
}
