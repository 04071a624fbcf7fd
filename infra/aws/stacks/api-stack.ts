import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { declaredRoutes, type DeclaredRoute } from '#shared/contract/routes.ts';
import { ContextFunction } from '../constructs/context-function.ts';
import { anyOther, contexts } from '../contexts.ts';
import type { Ground } from '../ground.ts';
import { servedContexts } from '../source-files.ts';
import type { Watched } from '../watched.ts';
import type { IdentityClient } from './identity-stack.ts';

export interface ApiStackProps extends StackProps {
  readonly ground: Ground;
  readonly identity: IdentityClient;
}

/** Requests a second that the API takes from everybody together, and in one burst. */
const throttle = { rateLimit: 500, burstLimit: 1000 };

const methods: Readonly<Record<DeclaredRoute['method'], HttpMethod>> = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  PATCH: HttpMethod.PATCH,
  DELETE: HttpMethod.DELETE,
};

/** The gateway, and one function for each context with its declared routes; one says 404 to all others. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, { ground, identity, ...props }: ApiStackProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false, description: 'Reached through the site only' });
    this.#stage();
    const functions = servedContexts.map((context) => {
      const served = new ContextFunction(this, context, {
        ground,
        context,
        identity,
        needs: contexts[context],
      });
      const integration = new HttpLambdaIntegration(`${context}-integration`, served.fn, {
        // A permission for each route would outgrow the function's policy.
        scopePermissionToRoute: false,
      });
      for (const { method, path } of declaredRoutes.filter((one) => one.context === context))
        this.#route(path, methods[method], integration);
      if (context === anyOther.context) this.#route(anyOther.path, HttpMethod.ANY, integration);
      return served;
    });
    this.watched = [
      ...functions.flatMap((served) => served.watched),
      {
        id: 'api-faults',
        metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
        threshold: 5,
        loses: 'Some people get "something went wrong on our side" instead of a page or an answer.',
      },
      {
        id: 'api-slow',
        metric: this.api.metricLatency({ period: Duration.minutes(5), statistic: 'p95' }),
        threshold: 3000,
        periods: 3,
        loses: 'One request in twenty takes longer than three seconds; people leave or press twice.',
      },
    ];
  }

  #route(path: string, method: HttpMethod, integration: HttpLambdaIntegration): void {
    const made = new HttpRoute(this, `${method} ${path}`, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method),
      integration,
    });
    acknowledgeOwnAuthorization(made);
  }

  #stage(): void {
    const logs = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_YEAR });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        // Neither address nor query: what a person looked for stays with that person.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: AccessLogField.contextRequestId(),
            at: AccessLogField.contextRequestTimeEpoch(),
            route: AccessLogField.contextRouteKey(),
            status: AccessLogField.contextStatus(),
            milliseconds: AccessLogField.contextResponseLatency(),
            fault: AccessLogField.contextIntegrationErrorMessage(),
          }),
        ),
      },
    });
  }
}

/** Why no route has an authorizer of the gateway's. */
export function acknowledgeOwnAuthorization(route: HttpRoute): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason:
      'The function itself takes calls from our own edge only and decides by session, role and ownership who may call; a test tries every route with every role.',
  });
}
