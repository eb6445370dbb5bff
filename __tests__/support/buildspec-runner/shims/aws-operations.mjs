import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

/** Where the registry's folder has a repository. */
const repositoryOf = ({ caller, machine, options, refuse }) => {
  const name = options["--repository-name"];
  const region = process.env.AWS_REGION ?? "";
  const folder = join(machine, "registry", `${caller.account}.dkr.ecr.${region}.amazonaws.com`, name);
  const arn = `arn:aws:ecr:${region}:${caller.account}:repository/${name}`;
  return {
    arn,
    name,
    folder: () => {
      if (!existsSync(folder))
        refuse(
          "RepositoryNotFoundException",
          `The repository with name '${name}' does not exist in the registry with id '${caller.account}'`,
        );
      return folder;
    },
  };
};

function assumeRole({ account, options, refuse, require }) {
  const arn = options["--role-arn"];
  if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) refuse("ValidationError", `${arn} is invalid`);
  require("sts:AssumeRole", arn);
  const role = account.roles[arn];
  if (!role) refuse("AccessDenied", `the role ${arn} does not exist or does not trust the caller`);
  return {
    Credentials: {
      AccessKeyId: role,
      SecretAccessKey: `secret-of-${role}`,
      SessionToken: `session-of-${role}`,
      Expiration: "2030-01-01T00:00:00Z",
    },
  };
}

function describeImages(call) {
  const repository = repositoryOf(call);
  call.require("ecr:DescribeImages", repository.arn);
  const folder = repository.folder();
  const wanted = /imageTag=([^,]+)/.exec(call.options["--image-ids"] ?? "")?.[1];
  const tags = existsSync(join(folder, "tags")) ? readdirSync(join(folder, "tags")) : [];
  const digestOf = (tag) => readFileSync(join(folder, "tags", tag), "utf8");
  if (wanted !== undefined && !tags.includes(wanted))
    call.refuse(
      "ImageNotFoundException",
      `The image with imageId {imageDigest:'null', imageTag:'${wanted}'} does not exist within the repository with name '${repository.name}' in the registry with id '${call.caller.account}'`,
    );
  const digests = [...new Set((wanted === undefined ? tags : [wanted]).map(digestOf))];
  return {
    imageDetails: digests.map((imageDigest) => {
      const own = tags.filter((tag) => digestOf(tag) === imageDigest);
      const pushed = Math.max(...own.map((tag) => statSync(join(folder, "tags", tag)).mtimeMs));
      return {
        registryId: call.caller.account,
        repositoryName: repository.name,
        imageDigest,
        imageTags: own,
        imagePushedAt: new Date(pushed).toISOString(),
      };
    }),
  };
}

/** A copy from or to S3, whose buckets are folders. */
function copy({ machine, options, positional: [from = "", to = ""], refuse, require }) {
  const place = (path) => (path.startsWith("s3://") ? join(machine, "s3", path.slice(5)) : path);
  for (const [path, action] of [
    [from, "s3:GetObject"],
    [to, "s3:PutObject"],
  ])
    if (path.startsWith("s3://")) require(action, `arn:aws:s3:::${path.slice(5)}`);
  if (!existsSync(place(from))) refuse("404", `Key "${from.split("/").slice(3).join("/")}" does not exist`);
  const target = to.endsWith("/") ? join(place(to), from.split("/").at(-1)) : place(to);
  if (to !== "-") {
    mkdirSync(dirname(target), { recursive: true });
    cpSync(place(from), target, { recursive: true });
  }
  if (to === "-") return readFileSync(place(from), "utf8");
  return options["--quiet"] || options["--only-show-errors"] ? undefined : `copy: ${from} to ${to}\n`;
}

export const operations = {
  "sts assume-role": { name: "AssumeRole", denied: "AccessDenied", run: assumeRole },
  "sts get-caller-identity": {
    name: "GetCallerIdentity",
    run: ({ caller }) => ({ UserId: "AROA:build", Account: caller.account, Arn: caller.arn }),
  },
  "ecr get-login-password": {
    name: "GetAuthorizationToken",
    cli: [2],
    run: ({ key, require }) => {
      require("ecr:GetAuthorizationToken", "*");
      return `token-of-${key}\n`;
    },
  },
  "ecr get-login": {
    name: "GetAuthorizationToken",
    cli: [1],
    run: ({ caller, key, options, require }) => {
      require("ecr:GetAuthorizationToken", "*");
      const host = `${caller.account}.dkr.ecr.${options["--region"]}.amazonaws.com`;
      return `docker login -u AWS -p token-of-${key} https://${host}\n`;
    },
  },
  "ecr describe-images": { name: "DescribeImages", run: describeImages },
  "ecs describe-task-definition": {
    name: "DescribeTaskDefinition",
    run: ({ account, options, refuse, require }) => {
      require("ecs:DescribeTaskDefinition");
      const family = options["--task-definition"];
      const revision = account.taskDefinitions[family];
      if (revision === undefined) refuse("ClientException", "Unable to describe task definition.");
      return { taskDefinition: { family, revision, status: "ACTIVE" } };
    },
  },
  "s3 cp": { name: "HeadObject", run: copy },
  "s3 sync": { name: "ListObjectsV2", run: copy },
};
