/** `WS#app#installation` / `INSTALL`: one workspace (or organisation) that added the app. */
export interface InstallationRecord {
  v: 1;
  appId: string;
  /** Team id, or enterprise id where the install is org-wide. */
  installationId: string;
  teamName: string;
  botUserId: string;
  botId: string;
  scopes: string[];
  /** KMS ciphertext of the bot token, base64; the encryption context is app and installation. */
  botTokenCipher: string;
  installedAt: number;
  updatedAt: number;
}

/** An installation with its token in clear, held in memory only. */
export interface Installation {
  appId: string;
  installationId: string;
  botUserId: string;
  botId: string;
  botToken: string;
}

/** Finds the installation that a record or event belongs to; undefined when it is gone. */
export type FindInstallation = (appId: string, installationId: string) => Promise<Installation | undefined>;
