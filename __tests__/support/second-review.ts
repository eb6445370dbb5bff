/** A requirement of the second review of the design, and what shows it. */
export interface Requirement {
  readonly row: number;
  readonly what: string;
  /** Names of tests, or the part of a name that a table does not fill in, by file. */
  readonly shownBy: Readonly<Record<string, readonly string[]>>;
}

const requirement = (row: number, what: string, shownBy: Requirement["shownBy"]): Requirement => ({
  row,
  what,
  shownBy,
});

/** What loses or breaks a running system, by the number of its row. */
const running: readonly Requirement[] = [
  requirement(1, "two configurations in one state bucket do not share a state", {
    "stacks/system-output": ["says in an output which system it is of"],
    "terraform/state/ownership": [
      "is refused in one sentence, unless it is accepted",
      "stops the command, which names both ways",
    ],
    "embedded/state-upgrade": [
      "and no resource changes",
      "is not reviewed, and a review of it is not applied",
    ],
  }),
  requirement(2, "a broken version does not stop the deployment of its fix", {
    "embedded/operate": ["release an image by its digest, also while an alarm is on"],
  }),
  requirement(3, "a changed port leaves running tasks reachable", {
    "constructs/service/task-security-group": ["lets the load balancer in on every TCP port"],
    "stacks/ingress": ["of the port changes no security group rule"],
  }),
  requirement(4, "a health check path is changed after the version that answers there", {
    "constructs/ingress/blue-green-target-groups": ["checks another port, and takes other codes"],
    "review/look-alikes/traffic": ["a health check of another path, which the running version must answer"],
  }),
  requirement(5, "scaling is suspended during a deployment, and resumed", {
    "constructs/service/scaling-pause": [
      "suspends every kind of scaling while there is one, and resumes it otherwise",
      "looks every hour too, for an event that never came",
    ],
    "constructs/service/scaling": ["leaves a suspension as it is"],
  }),
  requirement(6, "scaling by requests needs no FILL", {
    "constructs/service/scaling": ["counts requests in whichever target group is the busier"],
  }),
  requirement(7, "a person's stop rolls back", {
    "constructs/deployment/blue-green-deployment": [
      "rolls back a deployment that fails, or that a person stops",
    ],
    "operate/why/states": ["names a task that cannot start while CodeDeploy still waits for it"],
  }),
  requirement(8, "alarms find blue before it ends", {
    "config/deployments": ["keeps blue for as long as an alarm needs"],
    "config/schema": ["fills in every default of the shipped configuration"],
  }),
  requirement(9, "alarms count failed requests in percent, refused connections among them", {
    "constructs/deployment/rollback-alarms": [
      "goes off by failed requests in percent of all, refused connections among them",
      "goes off by tasks that fail their health check, counted as AWS recommends",
      "goes off when as many of the last minutes as it is told, and two more, were bad",
    ],
  }),
  requirement(10, "the alarm of unhealthy targets does not end a slow start", {
    "config/deployments": ["is refused if the alarm of unhealthy targets would end the start"],
  }),
  requirement(11, "a route of a service that has released does not lead to the empty group", {
    "system/routes": ["leave the first one where it is when a host or a path is added at the end"],
    "stacks/ingress": ["leaves the address of its first rules, which keep their action"],
    "review/look-alikes/traffic": ["a new rule to the group that the last release has emptied"],
    "integration/planning/live-rules": [
      "a new rule gets the target group of the task set that has the traffic",
    ],
  }),
  requirement(12, "renamed target groups do not end in a failed apply", {
    "constructs/ingress/blue-green-target-groups": [
      "ignores what would replace a group in use: a new port, or another name",
    ],
    "stacks/ingress": ["of the names of target groups is ignored by the groups and by their alarms"],
    "review/look-alikes/traffic": ["a new name of a target group, which is ignored"],
  }),
  requirement(13, "subnets are in zones that have Fargate, and stay there", {
    "constructs/network/network": ["takes no zone without Fargate, and leaves a subnet in the zone"],
  }),
  requirement(14, "a commit that is built again is a new image", {
    "integration/processes/build-spec": ["pushes once, under a tag of the commit and the build's number"],
  }),
  requirement(15, "failed builds do not expire the image that runs", {
    "constructs/registry/container-repository": [
      "keeps the newest 300 images, so that failed builds do not expire the image that runs",
    ],
    "operate/status/status": ["an image that ECR no longer has"],
    "operate/release/preflight": ["an image that is gone"],
  }),
  requirement(16, "secrets can be read, and stay in their environment", {
    "config/secrets": [
      "of Secrets Manager need their six-character suffix",
      "unless crossAccountSecrets says so",
    ],
    "stacks/secrets": [
      "are decrypted with the execution role, through Secrets Manager and SSM alone",
      "gets no secret",
    ],
  }),
  requirement(17, "regions without the services are refused", {
    "system/regions": [
      "without CodePipeline is refused",
      "without CodeCommit is refused where a repository is made",
      "of another partition is refused as such",
    ],
  }),
  requirement(18, "one load balancer has at most 100 target groups and 100 rules", {
    "config/routes": ["takes 100 target groups and 100 rules, and no more", "has a warning from 90 on"],
  }),
  requirement(19, "a deployment ends before the pipeline's action", {
    "config/deployments": ["waits that CodePipeline ends"],
  }),
  requirement(20, "two services do not ask for one priority", {
    "config/routes": [
      "may not have one priority, and the fault names both and the next free one",
      "nothing moves an older rule any more",
    ],
  }),
  requirement(21, "the test listener in an existing VPC can be reached", {
    "config/ingress": [
      "in an existing VPC needs to know who tests, unless it is internal",
      "internet-facing with tests from private networks",
    ],
  }),
  requirement(22, "the first deployment works by both of AWS's pages", {
    "integration/local/codedeploy": ["the first deployment begins with the test listener at"],
  }),
];

/** What concerns security. */
const security: readonly Requirement[] = [
  requirement(23, "plain HTTP is said", {
    "config/ingress": ["plain HTTP in a protected environment"],
    "stacks/ingress": ["has a URL of plain HTTP by its own name, or of HTTPS by the first host"],
  }),
  requirement(24, "a protected branch takes reviewed changes only, where that is asked for", {
    "constructs/source/code-repository": [
      "needs approvals of pull requests to its protected branches",
      "denies developers every other change of these branches, and no merge of a pull request",
    ],
    "integration/systems/sources": ["is not proven if developers' branches are protected in another way"],
  }),
  requirement(25, "secrets of a build are no plain text", { "system/warnings": ["is warned of in a build"] }),
  requirement(26, "a buildspec is inside of the repository", {
    "config/containers": ["is refused with a buildspec outside the repository"],
  }),
  requirement(27, "roles can have a permissions boundary", {
    "stacks/permissions-boundary": [
      "is that of every role in the stack",
      "is read and named by the proof, which does not evaluate it",
    ],
  }),
  requirement(28, "operators can approve, watch and stop", {
    "integration/systems/operators": ["allow what they must, and nothing else", "are not proven with"],
  }),
];

export const REQUIREMENTS = [...running, ...security];
