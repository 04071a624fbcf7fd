import { describe, test } from 'vitest';

import { exampleTemplates } from './templates.ts';

const made = exampleTemplates();

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
