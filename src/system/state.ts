/** The object in the state bucket that holds a stack's Terraform state. */
export const stateKey = (stack: string) => `codeseries/${stack}.tfstate`;

/** The object that exists while a state is locked. @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
export const lockKey = (stack: string) => `${stateKey(stack)}.tflock`;
