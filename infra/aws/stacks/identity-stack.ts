import { Duration, RemovalPolicy, SecretValue, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  CfnUserPoolClient,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  UserPoolClientIdentityProvider,
  UserPoolEmail,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { signInReturnPath } from '#shared/accounts/sign-in-return.ts';
import { generations, secretName } from '../secret-generations.ts';
import type { Settings } from '../settings.ts';

/** What the API needs to sign people in. */
export interface IdentityClient {
  readonly issuer: string;
  /** Holds `clientId` and `clientSecret` as JSON. By name, so that the client can be replaced. */
  readonly secretName: string;
}

export interface IdentityStackProps extends StackProps {
  readonly settings: Settings;
  /** Encrypts the client's secret. */
  readonly settingsKey: IKey;
}

/**
 * Who a person is: a pool whose hosted sign-in takes a passkey, or a password with a code from an
 * authenticator. What a person may do is not kept here.
 */
export class IdentityStack extends Stack {
  readonly client: IdentityClient;

  constructor(scope: Construct, id: string, { settings, settingsKey, ...props }: IdentityStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const pool = this.#pool(settings);
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: settings.signInPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    for (const generation of generations(settings)) {
      const client = this.#client(pool, `Site${generation}`, `https://${settings.domain}`);
      new CfnManagedLoginBranding(this, `Pages${generation}`, {
        userPoolId: pool.userPoolId,
        clientId: client.userPoolClientId,
        useCognitoProvidedValues: true,
      }).node.addDependency(domain);
      this.#keep(client, secretName(settings, 'sign-in-client', generation), `ClientSecret${generation}`, settingsKey);
    }
    this.client = {
      issuer: `https://cognito-idp.${this.region}.${this.urlSuffix}/${pool.userPoolId}`,
      secretName: secretName(settings, 'sign-in-client', settings.secretGeneration),
    };
  }

  #client(pool: UserPool, id: string, origin: string): UserPoolClient {
    return pool.addClient(id, {
      generateSecret: true,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${origin}${signInReturnPath}`],
        logoutUrls: [`${origin}/`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // The API reads the tokens once and keeps a session of its own.
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(10),
    });
  }

  /** Handed to the API by name: an export would show the secret, and hold the client as long as it is imported. */
  #keep(client: UserPoolClient, name: string, id: string, encryptionKey: IKey): void {
    const made = client.node.defaultChild;
    if (!(made instanceof CfnUserPoolClient)) throw new Error('The client of the user pool has no resource.');
    const secret = new Secret(this, id, {
      secretName: name,
      encryptionKey,
      secretObjectValue: {
        clientId: SecretValue.resourceAttribute(client.userPoolClientId),
        clientSecret: SecretValue.resourceAttribute(made.attrClientSecret),
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Cognito makes the value, and a new one comes with a new client only: raise secretGeneration.',
    });
  }

  #pool(settings: Settings): UserPool {
    const pool = new UserPool(this, 'People', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true, // an account alone opens nothing: roles come by invitation
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { fullname: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      passkeyRelyingPartyId: `${settings.signInPrefix}.auth.${this.region}.amazoncognito.com`,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      email: UserPoolEmail.withSES({
        fromEmail: settings.senderAddress,
        sesRegion: settings.region,
        sesVerifiedDomain: settings.senderAddress.slice(settings.senderAddress.indexOf('@') + 1),
      }),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const resource = pool.node.defaultChild;
    if (!(resource instanceof CfnUserPool)) throw new Error('The user pool has no resource.');
    // A passkey that checked its holder is two factors by itself; without this the pool would refuse it.
    resource.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION';
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason: 'The plus plan answers risky sign-ins by asking for a second factor. Here everybody always gives one.',
    });
    return pool;
  }
}
