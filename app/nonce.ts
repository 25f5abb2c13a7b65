/** The one-time mark that a page's own scripts must carry (see the content security policy). */
import { createContext, useContext } from "react";

/** Known on the server only; browsers hide it from scripts. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}

/** How the log names the request whose page this is; known on the server only. */
export const RequestIdContext = createContext<string | undefined>(undefined);

export function useRequestId(): string | undefined {
  return useContext(RequestIdContext);
}
