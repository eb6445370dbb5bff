/** Something that a configuration names and that no stack makes. */
export interface Outside {
  /** What it is, in the words of the table that ends a deployment. */
  readonly kind: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Its ARN, id or name. */
  readonly id: string;
  /** Of a secret: the keys of its JSON that are read. */
  readonly keys?: readonly string[];
  /** Of a hosted zone: its domain. */
  readonly name?: string;
  /** Of a subnet or a security group. */
  readonly vpc?: string;
  /** Of a subnet: the number of its Availability Zone, from 0. */
  readonly zone?: number;
}
