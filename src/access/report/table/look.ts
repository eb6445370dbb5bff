/** How the surroundings show text. */
export interface Look {
  /** Characters in a line. */
  readonly columns: number;
  /** Colours a text, or leaves it as it is. */
  readonly paint: (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) => string;
}
