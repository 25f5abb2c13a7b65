/** How a session begins, how long it lasts. */

/** By a password, or by the directory of the municipality, which may have asked for two factors itself. */
export const sessionBegins = ["password", "directory", "directory_with_factor"] as const;
export type SessionBegin = (typeof sessionBegins)[number];

/** Minutes; ASVS 5.0, 7.3: both are said in the README, and why. */
export const sessionMinutes = {
  /** Without a request a session ends after so long. */
  idle: 30,
  /** However busy, it ends so long after signing in. */
  absolute: 12 * 60,
  /** So long the code of the second factor is waited for. */
  awaitingCode: 10,
};
