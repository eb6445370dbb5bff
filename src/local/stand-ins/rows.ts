import type { System } from "../../system/system";
import type { Row } from "../summary";
import type { Outside } from "./outside";

/** The rows of the table that ends a deployment. */
export const standInRows = ({ accounts }: System, standIns: readonly Outside[]): Row[] =>
  standIns.map(({ kind, account, id }) => {
    const names = accounts.filter((own) => own.id === account).map(({ name }) => name);
    return [[...names.slice(0, 1), account].join(" "), `stand-in: ${kind}`, id];
  });
