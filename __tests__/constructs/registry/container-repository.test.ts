import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { TerraformOutput } from "cdktf";
import {
  ContainerRepository,
  type ContainerRepositoryProps,
} from "../../../src/constructs/registry/container-repository";
import { all, synth, theOnly } from "../../support/synth";

const props: ContainerRepositoryProps = { repositoryName: "ecs/dev-awssdk-iam", forceDelete: false };

const build = (overrides: Partial<ContainerRepositoryProps> = {}) =>
  synth((scope) => {
    const { arn, repositoryName, url } = new ContainerRepository(scope, "images", { ...props, ...overrides });
    new TerraformOutput(scope, "repository", { value: [repositoryName, arn, url], staticId: true });
  });

const stack = build();

/** The lifecycle rules, by priority: ECR applies the lowest number first. */
const rules = (JSON.parse(String(theOnly(stack, EcrLifecyclePolicy).policy)) as { rules: object[] }).rules;

describe("ContainerRepository", () => {
  it("has the name it is given", () => {
    expect(theOnly(stack, EcrRepository).name).toBe("ecs/dev-awssdk-iam");
  });

  it("never lets a tag move to another image", () => {
    expect(theOnly(stack, EcrRepository).image_tag_mutability).toBe("IMMUTABLE");
  });

  it("scans images as they are pushed", () => {
    expect(theOnly(stack, EcrRepository).image_scanning_configuration).toEqual({ scan_on_push: true });
  });

  it("encrypts images", () => {
    expect(theOnly(stack, EcrRepository).encryption_configuration).toEqual([{ encryption_type: "AES256" }]);
  });

  it("opens itself to nobody: roles of its own account need no repository policy", () => {
    expect(all(stack, EcrRepositoryPolicy)).toEqual([]);
  });

  it.each([true, false])("takes images along when it is destroyed only if it may (%s)", (forceDelete) => {
    expect(theOnly(build({ forceDelete }), EcrRepository).force_delete).toBe(forceDelete);
  });

  it("forgets untagged images after 7 days", () => {
    expect(rules[0]).toMatchObject({
      rulePriority: 1,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
      action: { type: "expire" },
    });
  });

  it("keeps the newest 300 images, so that failed builds do not expire the image that runs", () => {
    expect(rules[1]).toMatchObject({
      rulePriority: 2,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 300 },
      action: { type: "expire" },
    });
    expect(rules[1]).not.toHaveProperty("selection.countUnit");
    expect(rules).toHaveLength(2);
  });

  it("applies its lifecycle to itself", () => {
    expect(theOnly(stack, EcrLifecyclePolicy).repository).toMatch(
      /^\$\{aws_ecr_repository\.images_repository_\w+\.name\}$/,
    );
  });

  it("hands on name, ARN and URL of the repository", () => {
    expect(stack.output?.repository?.value).toEqual([
      expect.stringMatching(/^\$\{aws_ecr_repository\.images_repository_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_ecr_repository\.images_repository_\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_ecr_repository\.images_repository_\w+\.repository_url\}$/),
    ]);
  });
});
