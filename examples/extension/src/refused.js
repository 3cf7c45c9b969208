/** An action that the extension itself cannot carry out; its message is for the user. */
export class Refused extends Error {
  name = "Refused";
}
