import type { IncomingMessage, ServerResponse } from "node:http";
import { chooseRule } from "../rules/choose-rule";
import { redirectOf } from "../rules/redirect";
import type { Listener, RuleAction } from "../table/table";
import { factsOf, urlOf } from "./facts";
import { forward } from "./forward";
import { answer } from "./pages";
import { routeOf } from "./route";
import { countedBy, type Traffic } from "./traffic";

/** Answers a request to a listener. */
export function handle(
  traffic: Traffic,
  listenerArn: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const listener = traffic.listener(listenerArn);
  const action = listener && actionFor(listener, request);
  if (!action) {
    answer(response, 503);
    return;
  }
  switch (action.type) {
    case "redirect":
      redirect(traffic, listener, action, request, response);
      return;
    case "fixed-response":
      fixedResponse(traffic, listener, action, response);
      return;
    case "forward": {
      const route = routeOf(action, traffic.groups, request.headers.cookie, Math.random());
      forward(traffic, listener, route, request, response);
      return;
    }
    case "unsupported":
      answer(response, 501, {
        body: `The embedded load balancer has no action ${action.name}.\n`,
        type: "text/plain",
      });
  }
}

/** The action of the rule that a request matches. */
export const actionFor = ({ rules }: Listener, request: IncomingMessage): RuleAction | undefined =>
  chooseRule(rules, factsOf(request))?.action;

function redirect(
  traffic: Traffic,
  listener: Listener,
  action: Extract<RuleAction, { type: "redirect" }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const localPort = (port: number) => traffic.localPort(listener, port) ?? port;
  const { statusCode, location } = redirectOf(action.redirect, urlOf(request, listener), localPort);
  traffic.counters.count(countedBy(listener), (counts) => {
    counts.redirects += 1;
    counts.elb.set(statusCode, (counts.elb.get(statusCode) ?? 0) + 1);
  });
  answer(response, statusCode, { headers: { Location: location } });
}

function fixedResponse(
  traffic: Traffic,
  listener: Listener,
  action: Extract<RuleAction, { type: "fixed-response" }>,
  response: ServerResponse,
): void {
  const { StatusCode, MessageBody, ContentType } = action.response;
  traffic.counters.count(countedBy(listener), (counts) => {
    counts.fixedResponses += 1;
  });
  answer(response, Number(StatusCode), { body: MessageBody ?? "", type: ContentType ?? "text/plain" });
}
