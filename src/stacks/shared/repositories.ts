import { TerraformElement, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { CodeRepository } from "../../constructs/source/code-repository";
import type { Repository, Service, System } from "../../system/system";

/**
 * The CodeCommit repositories. A repository of one service belongs to the service; one of several services has
 * a place of its own, so that it stays when any of them leaves.
 */
export class Repositories extends Construct {
  private readonly shared = new Map<string, CodeRepository>();

  constructor(
    scope: Construct,
    id: string,
    private readonly system: System,
  ) {
    super(scope, id);
  }

  /** The repository of a service; undefined behind a connection. @param scope The service's. */
  of(service: Service, scope: Construct): CodeRepository | undefined {
    const repository = this.system.repositories.find(({ services }) => services.includes(service));
    if (!repository) return undefined;
    const { name, services } = repository;
    if (services.length === 1) {
      const own = this.create(scope, "source", repository, `Source of ${service.name}`);
      return changeState(own, this, name, "moved");
    }
    const shared = this.shared.get(name) ?? this.create(this, name, repository, "Source of several services");
    this.shared.set(name, shared);
    return changeState(shared, scope, "source", service === services[0] ? "moved" : "removed");
  }

  private create(scope: Construct, id: string, repository: Repository, is: string) {
    const { approvals, developerPolicy, name, protectedBranches, services } = repository;
    const { deliveries, region, shared } = this.system;
    return new CodeRepository(scope, id, {
      repositoryName: name,
      accountId: shared.id,
      region,
      description: is,
      developerPolicyName: developerPolicy,
      review:
        approvals > 0
          ? { approvals, branches: protectedBranches, ruleName: services[0].names.approvalRule }
          : undefined,
      preventDestroy: deliveries.some(
        ({ environment, service }) => environment.protect && services.includes(service),
      ),
    });
  }
}

/**
 * Tells Terraform about another place where the state may have the repository, from before a service joined or
 * left: it was moved from there, or is removed from the state. In no case is it destroyed.
 */
function changeState(
  repository: CodeRepository,
  scope: Construct,
  id: string,
  change: "moved" | "removed",
): CodeRepository {
  const place = new Construct(scope, id);
  for (const resource of repository.node.children.filter((one) =>
    TerraformResource.isTerraformResource(one),
  )) {
    const type = resource.terraformResourceType;
    const from = `${type}.${new TerraformElement(place, resource.node.id).friendlyUniqueId}`;
    const to = `${type}.${resource.friendlyUniqueId}`;
    new StateChange(place, `${resource.node.id}-${change}`, {
      [change]: [change === "moved" ? { from, to } : { from, lifecycle: { destroy: false } }],
    });
  }
  return repository;
}

/** Blocks of a stack that change its state. */
class StateChange extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly blocks: object,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return this.blocks;
  }
}
