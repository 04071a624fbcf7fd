import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { declaredRoutes } from '#shared/contract/routes.ts';
import { anyOther, contextEntry, contexts } from '../../../infra/aws/contexts.ts';
import { servedContexts } from '../../../infra/aws/source-files.ts';
import { signInReturnPath } from '#shared/accounts/sign-in-return.ts';
import { at, environmentOf, named, exampleTemplates, written } from './templates.ts';

const made = exampleTemplates();

/** As what the gateway calls a function for a route. */
function callerOf(api: string, routeKey: string): string {
  const [method = '', path] = routeKey.split(' ');
  const called = path === undefined ? '$default' : `${method}${path}`;
  return `arn:<AWS::Partition>:execute-api:us-east-1:<AWS::AccountId>:${api}/$default/${called}`;
}

/** Whether a permission's source, where `*` stands for any text, is that caller. */
function permits(source: string, caller: string): boolean {
  const parts = source.split('*').map((part) => part.replaceAll(/[$()+.?[\]\\^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(caller);
}

describe('the API', () => {
  const key = (route: { readonly method: string; readonly path: string }) => `${route.method} ${route.path}`;

  test('deploys each declared route once, to the function of its context, and nothing else but the pages', () => {
    const deployed = made.every('AWS::ApiGatewayV2::Route', 'api').map((route) => String(route.Properties['RouteKey']));
    expect(deployed.toSorted()).toEqual([...declaredRoutes.map(key), 'ANY /api/{proxy+}'].toSorted());
    expect(made.every('AWS::ApiGatewayV2::Route', 'web').map((route) => route.Properties['RouteKey'])).toEqual([
      '$default',
    ]);

    const integrations = new Map(
      made
        .every('AWS::ApiGatewayV2::Integration', 'api')
        .map((one) => [one.id, named(one.Properties['IntegrationUri'])]),
    );
    for (const route of [...declaredRoutes, { method: 'ANY', ...anyOther }]) {
      const found = made
        .every('AWS::ApiGatewayV2::Route', 'api')
        .find((one) => one.Properties['RouteKey'] === key(route));
      const target = JSON.stringify(found?.Properties['Target']);
      const answering = [...integrations].filter(([id]) => target.includes(`"${id}"`)).map(([, fn]) => fn);
      expect(answering, key(route)).toEqual([made.functionOf(contextEntry(route.context)).id]);
    }
  });

  test('lets the gateway call the function of each route, the pages’ `$default` included', () => {
    const routes = made.every('AWS::ApiGatewayV2::Route');
    const refused = routes.filter(({ stack, Properties }) => {
      const target = written(Properties['Target']);
      const integration = made
        .every('AWS::ApiGatewayV2::Integration', stack)
        .find((one) => target.endsWith(`<${one.id}>`));
      const caller = callerOf(written(Properties['ApiId']), String(Properties['RouteKey']));
      return !made
        .every('AWS::Lambda::Permission', stack)
        .filter(
          ({ Properties: given }) =>
            given['Principal'] === 'apigateway.amazonaws.com' &&
            given['Action'] === 'lambda:InvokeFunction' &&
            named(given['FunctionName']) === named(integration?.Properties['IntegrationUri']),
        )
        .some((one) => permits(written(one.Properties['SourceArn']), caller));
    });
    expect(routes.length).toBeGreaterThan(declaredRoutes.length);
    expect(refused.map((one) => one.Properties['RouteKey'])).toEqual([]);
  });

  test('has no two routes that differ only in how a word is called', () => {
    const shapes = declaredRoutes.map((route) => key(route).replaceAll(/\{[^}]+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test('gives every function behind the gateway the secrets of the edge and of the web, by reference', () => {
    for (const fn of [...servedContexts.map(contextEntry), 'The pages'].map(made.functionOf)) {
      const environment = environmentOf(fn);
      for (const name of ['EDGE_SECRET', 'WEB_SECRET']) {
        expect(environment[name], name).toMatch(
          /^\{\{resolve:secretsmanager:priority-partners\/prod\/(edge|web)-1:SecretString/,
        );
      }
      expect(environment['PUBLIC_ORIGIN']).toBe('https://partners.example.gov');
    }
  });

  test('takes the secrets of the generation before too, so that none is changed everywhere at once', () => {
    const third = made.with({ secretGeneration: '3' });
    const variables = (entry: string) => {
      const found = third.resources.filter((one) => one.Properties['Description'] === entry);
      return found.map((one) => at(one.Properties, 'Environment', 'Variables'))[0];
    };
    const resolved = (name: string) => `{{resolve:secretsmanager:priority-partners/prod/${name}:SecretString:::}}`;
    const edge = { EDGE_SECRET: resolved('edge-3'), EDGE_SECRET_BEFORE: resolved('edge-2') };
    expect(variables('functions/catalogue/handler.ts')).toMatchObject({
      ...edge,
      WEB_SECRET: resolved('web-3'),
      WEB_SECRET_BEFORE: resolved('web-2'),
    });
    expect(variables('The pages')).toMatchObject({ ...edge, WEB_SECRET: resolved('web-3') });
    third.template('web').hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: Match.arrayWith([
          Match.objectLike({
            OriginCustomHeaders: [{ HeaderName: 'x-origin-secret', HeaderValue: resolved('edge-3') }],
          }),
        ]),
      },
    });
  });

  test('gives the session’s context what it needs to sign people in, and takes them back where the route is', () => {
    const signingIn = Object.entries(contexts)
      .filter(([, needs]) => needs.identity === true)
      .map(([name]) => name);
    for (const name of signingIn) {
      expect(Object.keys(environmentOf(made.functionOf(`functions/${name}/handler.ts`)))).toEqual(
        expect.arrayContaining(['IDENTITY_ISSUER', 'IDENTITY_CLIENT_ID', 'IDENTITY_CLIENT_SECRET']),
      );
    }
    expect(declaredRoutes.map(key)).toContain(`GET ${signInReturnPath}`);
    made.template('identity').hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: [`https://partners.example.gov${signInReturnPath}`],
    });
  });
});
