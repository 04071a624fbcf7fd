import { describe, expect, test } from 'vitest';

import { environmentOf, exampleTemplates } from './templates.ts';

const made = exampleTemplates();

describe('the sign-in client', () => {
  const secret = 'AWS::SecretsManager::Secret';

  test('is handed to the API by the name of a secret, and appears in no output', () => {
    made.template('identity').hasResourceProperties(secret, { Name: 'priority-partners/prod/sign-in-client-1' });
    const environment = environmentOf(made.functionOf('functions/accounts/handler.ts'));
    for (const [name, field] of [
      ['IDENTITY_CLIENT_ID', 'clientId'],
      ['IDENTITY_CLIENT_SECRET', 'clientSecret'],
    ] as const) {
      expect(environment[name]).toBe(
        `{{resolve:secretsmanager:priority-partners/prod/sign-in-client-1:SecretString:${field}::}}`,
      );
    }
    const clients = made.every('AWS::Cognito::UserPoolClient').map((one) => one.id);
    expect(clients).toHaveLength(1);
    for (const part of ['data', 'identity', 'jobs', 'api', 'web', 'observability'] as const) {
      const outputs = JSON.stringify(made.template(part).findOutputs('*'));
      for (const id of clients) expect(outputs, part).not.toContain(`"${id}"`);
    }
  });

  test('is replaced with the secrets, while the one before still signs people in', () => {
    const third = made.with({ secretGeneration: '3' });
    const ofType = (type: string) => third.resources.filter((one) => one.stack === 'identity' && one.Type === type);
    expect(ofType('AWS::Cognito::UserPoolClient')).toHaveLength(2);
    expect(ofType('AWS::Cognito::ManagedLoginBranding')).toHaveLength(2);
    expect(ofType(secret).map((one) => one.Properties['Name'])).toEqual([
      'priority-partners/prod/sign-in-client-3',
      'priority-partners/prod/sign-in-client-2',
    ]);
  });
});

describe('identity', () => {
  test('everybody gives two factors: a passkey that checks its holder, or a password and a code', () => {
    made.template('identity').hasResourceProperties('AWS::Cognito::UserPool', {
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      WebAuthnUserVerification: 'required',
      WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    });
  });
});
