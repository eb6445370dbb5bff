export { diagramOf, type Diagram } from "./diagram";
export { drawDiagram, type Mark, type Marks } from "./draw";
