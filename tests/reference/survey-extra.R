# Numbers that the shared oracles lack: Rscript tests/reference/survey-extra.R > tests/reference/survey_extra.json
# Made with R 4.2.2 and survey 4.1-1. All data here are invented.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "certainty")
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")

g <- expand.grid(p = c(1e-6, .001, .025, .3, .5, .8, .975, .999), a = c(.05, .5, 1, 2.5, 40, 900, 5e4), b = c(.3, 1, 12, 700.5, 2e5))
g$q <- qbeta(g$p, g$a, g$b); g <- g[g$q > 1e-200 & g$q < 1 - 1e-9, ]; g$back <- pbeta(g$q, g$a, g$b)
t <- expand.grid(p = c(1e-5, .01, .025, .4, .6, .9, .975, .9995), df = c(1, 2, 3.7, 8, 60, 1199, 1e5)); t$q <- qt(t$p, t$df)
t$x <- rep(c(-30, -4, -1.5, -.1, .2, 1.96, 5, 12), length.out = nrow(t)); t$cdf <- pt(t$x, t$df)
z <- c(-30, -8, -3.0001, -2.9999, -1.96, -.3, 0, .7, 2.5, 3.2, 6); pz <- c(1e-20, 1e-9, .001, .025, .2, .5, .7, .975, .9999)
lg <- c(1e-3, .2, .5, 1, 1.7, 2, 9.3, 15.9, 16, 120.5, 1e6)

# Five strata, the last of one unit only; nested and overlapping groups.
set.seed(20251122); n <- 90
d <- data.frame(stratum = rep(0:4, c(24, 24, 20, 16, 6))); d$unit <- ave(seq_len(n), d$stratum, FUN = function(i) (seq_along(i) - 1) %/% 4)
d$unit[d$stratum == 4] <- 0; d$unit <- as.integer(factor(paste(d$stratum, d$unit), levels = unique(paste(d$stratum, d$unit)))) - 1L
d$w <- round(runif(n, .2, 5), 3); d$y <- round(runif(n, 0, 100), 2); d$y[sample(n, 8)] <- NA; d$y[1] <- 55; d$A <- as.integer(runif(n) < .4); d$B <- as.integer(runif(n) < .5)
d$ok <- as.integer(!is.na(d$y)); d$v <- ifelse(is.na(d$y), 0, d$y); d$one <- 1L; d$C <- 1L - d$A
designs <- list(clustered = svydesign(~unit, strata = ~stratum, weights = ~w, data = d), weights_only = svydesign(~1, weights = ~w, data = d))
mean_of <- function(des, group) { s <- subset(des, d[[group]] == 1 & d$ok == 1); m <- svymean(~y, s); number(c(coef(m), SE(m), degf(s))) }
difference_of <- function(des, a, b) {            # not our formula: totals first, then the delta method on their covariance
  des <- update(des, ya = v * ok * d[[a]], na = ok * d[[a]], yb = v * ok * d[[b]], nb = ok * d[[b]])
  k <- svycontrast(svytotal(~ya + na + yb + nb, des), quote(ya / na - yb / nb))
  number(c(coef(k), SE(k), degf(subset(des, ok == 1 & (d[[a]] == 1 | d[[b]] == 1))) - 1))
}
cases <- list()
for (k in names(designs)) {
  for (x in c("A", "B", "C", "one")) cases[[paste0(k, "|mean|", x)]] <- mean_of(designs[[k]], x)
  for (x in list(c("A", "C"), c("A", "one"), c("A", "B"))) cases[[paste0(k, "|difference|", x[1], "|", x[2])]] <- difference_of(designs[[k]], x[1], x[2])
}

# Korn and Graubard with the cap of METHOD 2.3: ten units of ten; one event in each, and one event more.
kg <- function(y, w) {
  e <- data.frame(y, w, u = rep(1:10, each = 10)); des <- svydesign(~u, weights = ~w, data = e); m <- svymean(~y, des)
  p <- coef(m); V <- as.numeric(vcov(m)); c2 <- (qt(.025, 99) / qt(.025, 9))^2; ess <- sum(w)^2 / sum(w^2)
  u <- if (V < 1e-20) NA else p * (1 - p) / V * c2; s <- if (V < 1e-20) min(100, ess * c2) else min(100, u)
  object(list(events = number(y), weights = number(w), n_uncapped = number(u), n_capped = number(s),
    interval = number(c(qbeta(.025, p * s, s - p * s + 1), qbeta(.975, p * s + 1, s - p * s)))))
}
even <- rep(c(1, rep(0, 9)), 10); more <- even; more[2] <- 1
fading <- rep(c(1, 2, 1, 2, 1, 2, 1, 2, 1, 2), 10)
cat(object(list(
  generated_with = sprintf("\"%s, survey %s; tests/reference/survey-extra.R\"", R.version.string, packageVersion("survey")),
  beta = object(lapply(g, number)), student = object(lapply(t, number)),
  normal = object(list(z = number(z), cdf = number(pnorm(z)), p = number(pz), q = number(qnorm(pz)))),
  lnGamma = object(list(z = number(lg), value = number(lgamma(lg)))),
  data = object(lapply(d[, c("stratum", "unit", "w", "y", "A", "B", "C", "one")], number)), cases = object(cases),
  capped = paste0("[", paste(c(kg(even, rep(1, 100)), kg(even, fading), kg(more, rep(1, 100))), collapse = ","), "]"))), "\n")
