// What a firewall rule has to look like, and how it is kept.

import { isIPv4 } from "node:net";

/**
 * @typedef {{ ip: string, mask_short: number, port: { begin: string, end: string } }} Endpoint
 * @typedef {{ policy: string, protocol: string, source: Endpoint, destination: Endpoint }} Rule
 * @typedef {"in" | "out"} Direction
 */

const POLICIES = ["ACCEPT", "DROP"];

/** TCP, UDP, DCCP, SCTP and UDP-Lite have ports. */
const WITH_PORTS = ["6", "17", "33", "132", "136"];

/**
 * @param {string} text
 * @param {number} most
 */
const isUpTo = (text, most) => /^(0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= most;

/**
 * @param {Endpoint} endpoint
 * @param {string} protocol
 * @returns {string[]}
 */
function faultsOfEndpoint({ ip, port: { begin, end } }, protocol) {
  const given = begin !== "" || end !== "";
  /** @type {[holds: boolean, what: string][]} */
  const needs = [
    [isIPv4(ip), "ip is no IPv4 address"],
    [
      !given || (isUpTo(begin, 65_535) && isUpTo(end, 65_535)),
      "port has to be numbers up to 65535, or empty",
    ],
    [!given || Number(begin) <= Number(end), "port begins after its end"],
    [!given || WITH_PORTS.includes(protocol), "port does not apply to the protocol"],
  ];
  return needs.filter(([holds]) => !holds).map(([, what]) => what);
}

/**
 * @param {Rule} rule
 * @returns {string[]} what is wrong with it
 */
export const faultsOfRule = ({ policy, protocol, source, destination }) => [
  ...(POLICIES.includes(policy) ? [] : ["policy is none that there is"]),
  ...(protocol === "" || isUpTo(protocol, 255) ? [] : ["protocol has to be a number up to 255, or empty"]),
  ...faultsOfEndpoint(source, protocol).map((what) => `source ${what}`),
  ...faultsOfEndpoint(destination, protocol).map((what) => `destination ${what}`),
];
