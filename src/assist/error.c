/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The assist folder's error domain. */
#include "config.h"

#include "assist/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  assist,
  [SG_ASSIST_ERROR_NO_NETWORK] = { "no-network", SG_ERROR_CLASS_ASSIST,
                                   N_ ("The use of the network is forbidden in the settings."),
                                   N_ ("Allow it in the settings, or go on without a language model.") },
  [SG_ASSIST_ERROR_NO_PROVIDER] = { "no-provider", SG_ERROR_CLASS_ASSIST,
                                    N_ ("No provider of a language model is set up."),
                                    N_ ("Set one up in the settings, or go on without.") },
  [SG_ASSIST_ERROR_ADDRESS] = { "address", SG_ERROR_CLASS_VALIDATION,
                                N_ ("A provider's address cannot be used."),
                                N_ ("Give an address that begins with https:// (http:// only for this "
                                    "machine and, without a key, your own network).") },
  [SG_ASSIST_ERROR_DNS] = { "dns", SG_ERROR_CLASS_ASSIST, N_ ("A provider's host is not known."),
                            N_ ("Check the address in the settings, and whether there is a network.") },
  [SG_ASSIST_ERROR_CONNECTION] = { "connection", SG_ERROR_CLASS_ASSIST,
                                   N_ ("A provider cannot be reached, or broke the connection off."),
                                   N_ ("Check whether it is running, and the address in the settings.") },
  [SG_ASSIST_ERROR_TLS] = { "tls", SG_ERROR_CLASS_ASSIST,
                            N_ ("A provider's host cannot prove who it is, so nothing was sent."),
                            N_ ("Check the address, the clock of this machine and the network that it is "
                                "in.") },
  [SG_ASSIST_ERROR_KEY] = { "key", SG_ERROR_CLASS_ASSIST, N_ ("A provider does not accept the key."),
                            N_ ("Enter the key anew in the settings.") },
  [SG_ASSIST_ERROR_FORBIDDEN] = { "forbidden", SG_ERROR_CLASS_ASSIST,
                                  N_ ("A provider does not allow what was asked with this key."),
                                  N_ (
                                    "See at the provider's what the key may do, or take another model.") },
  [SG_ASSIST_ERROR_MODEL] = { "model", SG_ERROR_CLASS_ASSIST,
                              N_ ("A provider has no model of this name at this address."),
                              N_ ("Choose a model of the list in the settings, and check the address.") },
  [SG_ASSIST_ERROR_BUSY] = { "busy", SG_ERROR_CLASS_RATE_LIMIT,
                             N_ ("A provider takes no more requests for now."),
                             N_ ("Wait as long as the message says.") },
  [SG_ASSIST_ERROR_QUOTA] = { "quota", SG_ERROR_CLASS_ASSIST,
                              N_ ("What was paid for at a provider, or is free there, is used up."),
                              N_ ("See to the account at the provider's, or take another provider.") },
  [SG_ASSIST_ERROR_REQUEST] = { "request", SG_ERROR_CLASS_ASSIST,
                                N_ ("A provider does not take the request as it is."),
                                N_ ("Take a model that sees pictures, or another provider.") },
  [SG_ASSIST_ERROR_SERVER] = { "server", SG_ERROR_CLASS_ASSIST, N_ ("A provider has troubles of its own."),
                               N_ ("Try again later.") },
  [SG_ASSIST_ERROR_REDIRECT] = { "redirect", SG_ERROR_CLASS_ASSIST,
                                 N_ ("A provider's address leads to another host, which was not asked."),
                                 N_ ("Enter the provider's present address in the settings.") },
  [SG_ASSIST_ERROR_TIMEOUT] = { "timeout", SG_ERROR_CLASS_TIMEOUT,
                                N_ ("A provider did not answer in the time there was."),
                                N_ ("Try again; a smaller model answers sooner.") },
  [SG_ASSIST_ERROR_DAMAGED] = { "damaged", SG_ERROR_CLASS_ASSIST,
                                N_ ("An answer is not in the format of its provider."),
                                N_ ("Check the address and the kind of provider in the settings.") },
  [SG_ASSIST_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_ASSIST,
                                  N_ ("An answer is over a limit, which the message names."),
                                  N_ ("Ask again, or take another model.") },
  [SG_ASSIST_ERROR_CUT_OFF] = { "cut-off", SG_ERROR_CLASS_ASSIST, N_ ("An answer ended amid itself."),
                                N_ ("Ask again, or take a model that may answer at greater length.") },
  [SG_ASSIST_ERROR_DECLINED] = { "declined", SG_ERROR_CLASS_ASSIST,
                                 N_ ("The model does not want to answer this."),
                                 N_ ("Ask in other words, or take another model.") },
  [SG_ASSIST_ERROR_UNSUITABLE] = { "unsuitable", SG_ERROR_CLASS_ASSIST,
                                   N_ (
                                     "An answer is not what was asked for, and its repair is not either."),
                                   N_ ("Ask in other words, or take a larger model.") },
  [SG_ASSIST_ERROR_RESTING] = { "resting", SG_ERROR_CLASS_ASSIST,
                                N_ ("A provider failed several times and is not asked for a while."),
                                N_ ("Wait as long as the message says, or test it in the settings.") },
  [SG_ASSIST_ERROR_QUEUE_FULL] = { "queue-full", SG_ERROR_CLASS_ASSIST,
                                   N_ ("Too many questions wait for an answer."),
                                   N_ ("Wait for an answer, or cancel a question.") })
